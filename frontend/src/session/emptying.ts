/**
 * A phone that is given back: all of this account goes off it. What the server does not have is
 * lost with it, so that takes a code which only the coordinator can see.
 */
import { toHex, utf8 } from '../lib/bytes';
import { err, ok, type Result } from '../lib/result';
import { currentStore } from '../store/current';
import { wipe } from '../store/leaving';
import type { Store, StoreProblem } from '../store/types';
import { rememberKinds } from './known-locks';
import { leave, meet } from './opening.svelte';
import { signOut } from './session.svelte';

async function isCode(store: Store, typed: string): Promise<boolean> {
  const check = await store.meta('enrolled');
  const digits = typed.replace(/\D/g, '');
  const said = utf8(`voordeur removal 1\n${store.device.id}\n${digits}`);
  const digest = await crypto.subtle.digest('SHA-256', said);
  return check.ok && check.value === toHex(new Uint8Array(digest));
}

/** How many things would be lost: neither on the server nor in anybody's hands there. */
export async function lostWhenEmptied(store: Store): Promise<Result<number, StoreProblem>> {
  const entries = await store.entries();
  if (!entries.ok) return entries;
  const lost = entries.value.filter(({ state }) => state === 'waiting' || state === 'refused');
  return ok(lost.length);
}

/**
 * Take the open store off this phone and sign out. `wrong`: something would be lost, and this is
 * not the code of this phone; then nothing was taken away.
 */
export async function emptyPhone(code: string): Promise<Result<void, 'wrong' | StoreProblem>> {
  const store = currentStore();
  if (store === null) return err({ kind: 'closed' });
  // Counted here again: the screen may be older than what was typed in another window.
  const lost = await lostWhenEmptied(store);
  if (!lost.ok) return lost;
  if (lost.value > 0 && !(await isCode(store, code))) return err('wrong');
  // Whoever still looks into the database would hold it back.
  leave();
  const wiped = await wipe(store.accountId);
  if (!wiped.ok) {
    await meet(store.accountId);
    return wiped;
  }
  rememberKinds(store.accountId, []);
  await signOut();
  return wiped;
}
