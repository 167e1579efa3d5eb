/**
 * Who works on this phone. Remembered are id, role and language only: the name comes from the
 * profile dossier. Work goes on without a live token; only reaching the server needs one.
 */
import { goOn, signInWith, signOutHere, type SignedIn } from '../api/sessions';
import { offline, type Problem } from '../api/problem';
import { setLanguage } from '../lib/i18n.svelte';
import { err, ok, type Result } from '../lib/result';
import { currentStore } from '../store/current';
import { accountsHere } from '../store/known-locks';
import type { StoreProblem } from '../store/types';
import { waitingBehind } from './behind';
import type { handOver } from './handing-over';
import { forgetDevice, worksOnline } from './online.svelte';
import { beginOnline, leave, meet } from './opening.svelte';

export interface Account {
  readonly id: string;
  readonly role: string;
  readonly language: string;
}

export type SignInProblem = Problem | { readonly kind: 'store'; readonly problem: StoreProblem };

const REMEMBERED = 'voordeur.account';

let account: Account | null = $state.raw(null);
let revoked = $state(false);
let ended = $state(false);

/** Who works here now, or null. */
export function currentAccount(): Account | null {
  return account;
}

/** Volunteers and mentors work on the phone's store, everybody else at the desk. */
export function areaOf(role: string): 'phone' | 'desk' {
  return role === 'volunteer' || role === 'mentor' ? 'phone' : 'desk';
}

function remembered(): Account | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
    const { id, role, language } = (value ?? {}) as Partial<Account>;
    if (typeof id !== 'string' || typeof role !== 'string') return null;
    return { id, role, language: language ?? 'nl' };
  } catch {
    return null;
  }
}

function remember(next: Account | null): void {
  account = next;
  try {
    // Where nothing is kept a reload must ask again who is there: no lock would.
    if (next === null || worksOnline()) localStorage.removeItem(REMEMBERED);
    else localStorage.setItem(REMEMBERED, JSON.stringify(next));
  } catch {
    // Private windows refuse storage: then the next start asks to sign in.
  }
}

/** What another wrote here waits, where nothing is kept, and cannot go to the server now. */
const ANOTHERS_WORK_WAITS: Problem = {
  ...offline,
  kind: 'problem',
  status: 409,
  code: 'anothers-work-waits',
};

/** For a rare day, so no part of the first load. */
const handedOver: typeof handOver = async (user, why) =>
  (await import('./handing-over')).handOver(user, why);

/** Somebody else signs in where nothing is kept: what waits goes first, under the right name. */
async function letAnothersWorkGo(id: string): Promise<boolean> {
  const open = currentStore();
  if (open?.lasting !== false || open.accountId === id) return true;
  const entries = await open.entries();
  const waiting = entries.ok ? entries.value.filter(({ state }) => state === 'waiting').length : 0;
  if (waiting === 0) return true;
  // Without cryptography nothing can be sealed for the server.
  if ((await waitingBehind(open.accountId)) < waiting) return false;
  return (await handedOver(open.accountId, 'forgotten')).ok;
}

async function openFor({ id, role }: Account, drawn?: Promise<void>): Promise<void> {
  if (areaOf(role) === 'phone') {
    await meet(id, drawn);
    return;
  }
  leave();
  if (!accountsHere().includes(id)) return;
  // For a rare day, so no part of the first load.
  import('./others').then(({ handOverOwn }) => handOverOwn(id)).catch(() => undefined);
}

async function enter({ id, role, language }: SignedIn): Promise<Account> {
  const next = { id, role, language };
  revoked = false;
  ended = false;
  await openFor(next);
  remember(next);
  await setLanguage(language === 'en' ? 'en' : 'nl');
  return next;
}

/**
 * Sign in at this account's own store; another account's stays shut and untouched. Where nothing is
 * kept, what another wrote must reach the server first: else the problem `anothers-work-waits`.
 */
export async function signIn(email: string, password: string): Promise<Result<Account, Problem>> {
  const answer = await signInWith(email, password);
  if (!answer.ok) return answer;
  if (await letAnothersWorkGo(answer.value.id)) return ok(await enter(answer.value));
  await signOutHere();
  return err(ANOTHERS_WORK_WAITS);
}

/**
 * At start: go to the store of whoever worked here, without asking the server. At the desk, where
 * nothing is kept, the session is asked for; without one the person signs in again. `drawn` says
 * when the first screen stands.
 */
export async function resume(drawn?: Promise<void>): Promise<Account | null> {
  const before = remembered();
  if (before === null) return null;
  account = before;
  if (areaOf(before.role) === 'phone') {
    await openFor(before, drawn);
    return before;
  }
  const session = await goOn();
  if (!session.ok && session.error.status === 401) remember(null);
  return account;
}

/** Sign out. Unsent work stays, sealed, in this account's store and goes at the next sign-in. */
export async function signOut(): Promise<void> {
  remember(null);
  leave();
  await signOutHere();
}

/** Go on without keeping anything here, not even who works here. */
export async function workOnline(): ReturnType<typeof beginOnline> {
  const begun = await beginOnline();
  if (begun.ok) remember(account);
  return begun;
}

/**
 * Untouched where nothing is kept: without a lock that could open it again, shutting is signing
 * out. Not while something waits, which would be gone; says whether it is done.
 */
export async function endOnline(): Promise<boolean> {
  const entries = await currentStore()?.entries();
  if (entries?.ok !== true || entries.value.some(({ state }) => state === 'waiting')) return false;
  ended = true;
  // The screen does not wait for the server to hear it.
  void signOut();
  return true;
}

/** Was somebody signed out because the phone lay untouched? Then the sign-in screen says so. */
export function wasEnded(): boolean {
  return ended;
}

/** Was this phone reported lost, and has it given up all it held? Then the sign-in screen says so. */
export function wasRevoked(): boolean {
  return revoked;
}

/**
 * This phone was reported lost: hand over what waits, take everything off it, and sign out. Says
 * whether that is done; without a line nothing is taken away, and the next contact tries again.
 */
export async function giveUp(): Promise<boolean> {
  if (account === null) return false;
  const handed = await handedOver(account.id, 'revoked');
  if (!handed.ok) return false;
  revoked = true;
  forgetDevice();
  await signOut();
  return true;
}
