/**
 * The locks of the store that is met in this tab, as they were last read. Another tab may change
 * them at any moment: before one is opened they are read again.
 */
import type { Result } from '../lib/result';
import type { Id } from '../store/dossiers';
import { identityOf } from '../store/identity';
import { locksOf, type Lock } from '../store/keyring';
import { recalledKinds, rememberKinds } from '../store/known-locks';
import { bringBack } from '../store/mirror';
import type { StoreProblem } from '../store/types';
import { standing } from './standing.svelte';

type Kind = Lock['kind'];

let known: readonly Lock[] = [];

/**
 * These are the locks of this account's store now. That there were any is forgotten only by who takes
 * the store away: a look that finds none may have found a store that the browser lost.
 */
export function haveLocks(user: Id, now: readonly Lock[]): void {
  known = now;
  standing.kinds = now.map(({ kind }) => kind);
  if (now.length === 0) return;
  standing.lost = false;
  rememberKinds(user, standing.kinds);
}

/** Nobody is met here any more; which kinds there were is still remembered for the next start. */
export function forgetLocks(): void {
  known = [];
  standing.kinds = [];
}

/** The lock of this kind among them. */
export function lockOf<K extends Kind>(
  kind: K,
  locks: readonly Lock[] = known,
): Extract<Lock, { kind: K }> | undefined {
  return locks.find((one): one is Extract<Lock, { kind: K }> => one.kind === kind);
}

/** Read them, and put back a store that the browser lost: there were locks, and nobody took them away. */
export async function locksFound(user: Id): Promise<Result<Lock[], StoreProblem>> {
  standing.lost = false;
  const found = await locksOf(user);
  if (!found.ok || found.value.length > 0 || recalledKinds(user).length === 0) return found;
  const brought = await bringBack(user);
  // Not to be taken for a phone on which nothing lay.
  if (!brought.ok) return brought;
  const back = await locksOf(user);
  // A store whose locks were taken away on purpose still knows which phone it is.
  const phone = await identityOf(user);
  standing.lost = back.ok && back.value.length === 0 && phone.ok && phone.value === null;
  return back;
}

/** Read again which locks this account's store has; `isMet`: has nobody else come since? */
export async function lookAtLocks(
  user: Id,
  isMet: () => boolean,
): Promise<Result<Lock[], StoreProblem>> {
  const found = await locksOf(user);
  if (found.ok && found.value.length > 0 && isMet()) haveLocks(user, found.value);
  return found;
}
