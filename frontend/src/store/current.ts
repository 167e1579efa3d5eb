/** The store that is open now: one account at a time in a tab. */
import type { Id } from './dossiers';
import { err, ok, type Result } from '../lib/result';
import { attempt } from './problems';
import type { Store, StoreProblem } from './types';

type Listener = (store: Store | null, problem: StoreProblem | null) => void;

type Disk = typeof import('./opening');

/** What reads and writes the disk; it comes when it is first asked for. */
let disk: Disk | null = null;
/** Whose store is open, or is being opened. */
let wanted: Id | null = null;
/** Whose store is to be read while its lock is being opened. */
let awaited: Id | null = null;
let current: Store | null = null;
/** Why the last store that was asked for is not open. */
let problem: StoreProblem | null = null;
const listeners = new Set<Listener>();

function announce(): void {
  for (const listener of [...listeners]) listener(current, problem);
}

/** The open store, or null when nobody works on this phone. */
export function currentStore(): Store | null {
  return current;
}

async function theDisk(): Promise<Disk> {
  disk ??= await import('./opening');
  return disk;
}

/** Read this account's store while its lock is being opened: a slow phone then waits for one only. */
export async function prepare(user: Id): Promise<void> {
  awaited = user;
  const there = await attempt(theDisk);
  if (there.ok && awaited === user) there.value.beginReading(user);
}

/** Nobody opens it after all. */
export function unprepare(): void {
  awaited = null;
  disk?.endReading();
}

/** Open the store of this account with its data key, and close another one that was open. */
export async function openStore(
  accountId: Id,
  key: CryptoKey,
): Promise<Result<Store, StoreProblem>> {
  if (current?.accountId === accountId) {
    // Signed in again: who waited for that may go on.
    announce();
    return ok(current);
  }
  wanted = accountId;
  const there = await attempt(theDisk);
  const opened = there.ok ? await there.value.openSealed(accountId, key) : there;
  if (wanted !== accountId) {
    // They left, or somebody else came, while it was being read.
    if (opened.ok) opened.value.close();
    return err({ kind: 'closed' });
  }
  current?.close();
  current = opened.ok ? opened.value : null;
  problem = opened.ok ? null : opened.error;
  announce();
  return opened;
}

/** Go on with this store, and close another one that was open. */
export function useStore(store: Store): void {
  wanted = store.accountId;
  if (current !== store) current?.close();
  current = store;
  problem = null;
  announce();
}

/** Close the store; nothing on the disk is deleted. */
export function closeStore(): void {
  wanted = null;
  current?.close();
  current = null;
  problem = null;
  announce();
}

/** Called at once and on every change of the open store; returns the end of it. */
export function onStore(listener: Listener): () => void {
  listeners.add(listener);
  listener(current, problem);
  return () => {
    listeners.delete(listener);
  };
}
