/**
 * Working where nothing is kept: the store is in memory, and what is done counts once the server has
 * it. Only the id by which the server knows this browser stays, so that it is one device and not many.
 */
import { sayNothingKept } from '../lib/i18n.svelte';
import { err, ok, type Result } from '../lib/result';
import { onStore, useStore } from '../store/current';
import type { Id } from '../store/dossiers';
import type { StoreProblem } from '../store/types';

const REMEMBERED = 'voordeur.online';

let online = $state(false);

onStore((store) => {
  online = store?.lasting === false;
  sayNothingKept(online);
});

/** Is what is done here kept nowhere but at the server? */
export function worksOnline(): boolean {
  return online;
}

function knownDevice(user: Id): Id | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
    const { user: whose, device } = (value ?? {}) as { user?: unknown; device?: unknown };
    return whose === user && typeof device === 'string' ? device : null;
  } catch {
    return null;
  }
}

function rememberDevice(user: Id, device: Id): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ user, device }));
  } catch {
    // Refused: it is another device at the next sign-in.
  }
}

/** The server will not know this device again. */
export function forgetDevice(): void {
  try {
    localStorage.removeItem(REMEMBERED);
  } catch {
    // Refused: then there is nothing to forget.
  }
}

/** Open a store in memory for this account; without a line its code may be missing. */
export async function openOnline(user: Id): Promise<Result<void, StoreProblem>> {
  try {
    const { openInMemory } = await import('../store/memory-store');
    const store = await openInMemory(user, knownDevice(user));
    rememberDevice(user, store.device.id);
    useStore(store);
    return ok(undefined);
  } catch {
    return err({ kind: 'failed' });
  }
}
