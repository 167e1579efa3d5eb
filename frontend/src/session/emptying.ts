/**
 * A phone that is given back: all of this account goes off it. What the server does not have,
 * half-filled forms too, is lost with it, so that takes a code which only the coordinator can see.
 */
import { toHex, utf8 } from '../lib/bytes';
import { err, type Result } from '../lib/result';
import { currentStore } from '../store/current';
import { wipe } from '../store/leaving';
import { holdsForms } from '../store/unfinished';
import type { OutboxEntry, Store, StoreProblem } from '../store/types';
import { rememberKinds } from '../store/known-locks';
import { leave, meet } from './opening.svelte';
import { signOut } from './session.svelte';
import { isInUse } from './writing-tabs';

/** `wrong`: not the code of this phone; `elsewhere`: another window has a talk open. */
export type EmptyingProblem = 'wrong' | 'elsewhere' | StoreProblem;

async function isCode(store: Store, typed: string): Promise<boolean> {
  const check = await store.meta('enrolled');
  const digits = typed.replace(/\D/g, '');
  const said = utf8(`voordeur removal 1\n${store.device.id}\n${digits}`);
  const digest = await crypto.subtle.digest('SHA-256', said);
  return check.ok && check.value === toHex(new Uint8Array(digest));
}

/** Would this be lost with the phone: neither on the server nor in anybody's hands there? */
export function isHereOnly({ state }: OutboxEntry): boolean {
  return state === 'waiting' || state === 'refused';
}

/** Take the open store off this phone and sign out; on any problem nothing was taken away. */
export async function emptyPhone(code: string): Promise<Result<void, EmptyingProblem>> {
  const store = currentStore();
  if (store === null) return err({ kind: 'closed' });
  if (await isInUse(store.accountId)) return err('elsewhere');
  // Looked at here again: the screen may be older than what was typed in another window.
  const entries = await store.entries();
  if (!entries.ok) return entries;
  const loose = await store.loose();
  if (!loose.ok) return loose;
  const forms = await holdsForms(store);
  if (!forms.ok) return forms;
  const isLost = loose.value.length > 0 || forms.value || entries.value.some(isHereOnly);
  if (isLost && !(await isCode(store, code))) return err('wrong');
  // Whoever still looks into the database would hold it back.
  leave();
  // Before the store goes: another tab that has it open must not put it back.
  rememberKinds(store.accountId, []);
  const wiped = await wipe(store.accountId);
  if (!wiped.ok) {
    await meet(store.accountId);
    return wiped;
  }
  await signOut();
  return wiped;
}
