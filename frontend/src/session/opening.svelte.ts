/**
 * From a signed-in volunteer to an open store, and back. The data key is in memory only: a reload
 * or an untouched phone closes the store, and what lies on the disk says nothing to anybody.
 */
import type { Bytes } from '../lib/bytes';
import { err, ok, type Result } from '../lib/result';
import { closeStore, currentStore, openStore, useStore } from '../store/current';
import type { Id } from '../store/dossiers';
import { firstLock, locksOf, newDataKey, type Lock } from '../store/keyring';
import { wipeEmpty } from '../store/leaving';
import { prepare, unprepare } from '../store/opening';
import { dataKey } from '../store/sealing';
import type { StoreProblem } from '../store/types';
import { handOver, waitingBehind, type HandingOverProblem } from './handing-over';
import { recalledKinds, rememberKinds } from './known-locks';
import { lockWithPasskey, openPasskey } from './passkey';
import { lockWithWords, openWords } from './passphrase';
import { whyNotHeld, whyNotOpened, type NotHeld } from './holding';
import { openOnline, worksOnline } from './online.svelte';
import { isPin, keptPin, MOST_TRIES } from './pin';

/**
 * `nobody`: no volunteer works here. `choose`: this phone has no lock yet. `shut`: the words or the
 * passkey open it. `pin`: shut a moment ago, its key still in memory. `open`: at work.
 */
export type Opening = 'nobody' | 'choose' | 'shut' | 'pin' | 'open';

/** `wrong`: not these words, not this finger. `memory`: the phone cannot stretch words. */
export type OpeningProblem = 'wrong' | 'memory' | 'cancelled' | 'no-prf' | StoreProblem;

type Opened = Promise<Result<void, OpeningProblem>>;

interface Held {
  readonly key: CryptoKey;
  readonly pin: string | null;
  readonly tries: number;
}

let state: Opening = $state('nobody');
let unheld: NotHeld | null = $state.raw(null);
let locks: readonly Lock[] = [];
let kinds: readonly Lock['kind'][] = $state.raw([]);
/** The locks are read: who is quicker than the disk waits for them. */
let met: Promise<void> = Promise.resolve();
let user: Id = '';
let held: Held | null = $state.raw(null);

/** How far this phone is open. */
export function opening(): Opening {
  return state;
}

/** Why nothing can be held here, if so: then there is only working without keeping anything. */
export function notHeld(): NotHeld | null {
  return unheld;
}

/** Which kinds of lock this store has. */
export function lockKinds(): readonly Lock['kind'][] {
  return kinds;
}

/** Wrong PINs that are still allowed before the words are asked. */
export function triesLeft(): number {
  return MOST_TRIES - (held?.tries ?? 0);
}

function haveLocks(now: readonly Lock[]): void {
  locks = now;
  kinds = now.map(({ kind }) => kind);
  rememberKinds(user, kinds);
}

async function lookForLocks(account: Id): Promise<void> {
  const found = await locksOf(account);
  if (user !== account) return;
  haveLocks(found.ok ? found.value : []);
  // What lies here already may be opened; nothing is begun where it would not last.
  const why = locks.length === 0 ? await whyNotHeld() : null;
  if (user !== account) return;
  unheld = found.ok ? why : (why ?? whyNotOpened(found.error));
  state = locks.length === 0 ? 'choose' : 'shut';
}

/** This volunteer works here now: look which locks there are. */
export async function meet(account: Id): Promise<void> {
  const open = currentStore();
  if (open?.accountId === account) {
    user = account;
    state = 'open';
    // Signed in again: who waited for that may go on.
    if (held !== null) await openStore(user, held.key);
    else useStore(open);
    return;
  }
  leave();
  user = account;
  kinds = recalledKinds(account);
  if (kinds.length > 0) state = 'shut';
  met = lookForLocks(account);
  await met;
}

/** Nobody works here any more: the store shuts and its key is gone. */
export function leave(): void {
  closeStore();
  unprepare();
  held = null;
  user = '';
  locks = [];
  kinds = [];
  unheld = null;
  state = 'nobody';
}

function cannotHold(problem: StoreProblem): Result<void, OpeningProblem> {
  unheld = whyNotOpened(problem);
  return err(problem);
}

/** Look again whether something can be held here. */
export async function lookAgain(): Promise<void> {
  await meet(user);
}

/** Go on without keeping anything. What lies here sealed stays; what is empty goes. */
export async function beginOnline(): Opened {
  await wipeEmpty(user);
  const opened = await openOnline(user);
  if (!opened.ok) return opened;
  unheld = null;
  state = 'open';
  return opened;
}

async function openWith(key: CryptoKey): Opened {
  // What comes before is the person's and the lock's time; what comes after is ours.
  performance.mark('voordeur-key');
  const opened = await openStore(user, key);
  if (!opened.ok) return cannotHold(opened.error);
  const pin = await opened.value.meta('pin');
  held = { key, pin: pin.ok ? pin.value : null, tries: 0 };
  state = 'open';
  return ok(undefined);
}

async function openRaw(raw: Bytes | null): Opened {
  if (raw === null) return err('wrong');
  const key = await dataKey(raw);
  raw.fill(0);
  return openWith(key);
}

async function begin(make: (key: Bytes) => Promise<Lock | OpeningProblem>): Opened {
  const raw = newDataKey();
  const lock = await make(raw);
  if (typeof lock === 'string' || !('box' in lock)) return err(lock);
  const kept = await firstLock(user, lock);
  if (!kept.ok) return cannotHold(kept.error);
  if (!kept.value) {
    // Another tab chose meanwhile: its lock is asked for here too.
    await meet(user);
    return err('wrong');
  }
  haveLocks([lock]);
  return openRaw(raw);
}

/** The first lock of this store: these words. */
export function beginWithWords(words: readonly string[]): Opened {
  return begin(async (key) => (await lockWithWords(user, words, key)) ?? 'memory');
}

/** The first lock of this store: the phone's own passkey. */
export function beginWithPasskey(): Opened {
  return begin((key) => lockWithPasskey(user, key));
}

/** Open with the four words. */
export async function openByWords(words: readonly string[]): Opened {
  await met;
  const lock = locks.find((one) => one.kind === 'passphrase');
  prepare(user);
  return openRaw(lock === undefined ? null : await openWords(user, words, lock));
}

/** Open with the passkey. */
export async function openByPasskey(): Opened {
  await met;
  const lock = locks.find((one) => one.kind === 'passkey');
  prepare(user);
  return openRaw(lock === undefined ? null : await openPasskey(user, lock));
}

/** How many things in the shut store are on this phone only. */
export function countBehind(): Promise<number> {
  return waitingBehind(user);
}

/**
 * The words or the passkey are gone for good: what waits goes to the server as it lies, and the
 * store is made anew. Without a line nothing happens.
 */
export async function beginAnew(): Promise<Result<void, HandingOverProblem>> {
  // Wrong words may have made the store ready; what was read then is not to outlive it.
  unprepare();
  const handed = await handOver(user, 'forgotten');
  if (!handed.ok) return handed;
  held = null;
  haveLocks([]);
  state = 'choose';
  return handed;
}

/** Shut the store now. With a PIN its key stays in memory, so that the PIN re-opens it. */
export function shut(): void {
  if (state !== 'open' || worksOnline()) return;
  closeStore();
  if (held?.pin === null) held = null;
  state = held === null ? 'shut' : 'pin';
}

/** Re-open with the PIN; the fifth wrong one drops the key, and then only the words help. */
export async function openByPin(pin: string): Opened {
  const kept = held;
  if (kept === null || kept.pin === null) return err('wrong');
  prepare(user);
  if (await isPin(pin, kept.pin)) return openWith(kept.key);
  held = { ...kept, tries: kept.tries + 1 };
  if (triesLeft() <= 0) {
    held = null;
    state = 'shut';
  }
  return err('wrong');
}

/** Choose another way than the PIN: its key leaves memory. */
export function forgetPinForNow(): void {
  held = null;
  state = 'shut';
}

/** Is there a PIN on this phone? */
export function hasPin(): boolean {
  return held !== null && held.pin !== null;
}

/** Keep this PIN, or none. */
export async function setPin(pin: string | null): Opened {
  const store = currentStore();
  if (store === null || held === null) return err({ kind: 'closed' });
  const kept = pin === null ? null : await keptPin(pin);
  if (pin !== null && kept === null) return err('memory');
  const saved = await store.change(() => [{ do: 'remember', key: 'pin', value: kept }]);
  if (saved.ok) held = { ...held, pin: kept };
  return saved;
}
