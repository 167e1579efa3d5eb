/**
 * From a signed-in volunteer to an open store, and back. The data key is in memory only: a reload
 * or an untouched phone closes the store, and what lies on the disk says nothing to anybody.
 */
import type { Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import { err, ok, type Result } from '../lib/result';
import {
  closeStore,
  currentStore,
  openStore,
  prepare,
  unprepare,
  useStore,
} from '../store/current';
import type { Id } from '../store/dossiers';
import { firstLock, newDataKey, type Lock } from '../store/keyring';
import { beginLease, closeReading } from '../store/lease';
import { wipeEmpty } from '../store/leaving';
import { dataKey } from '../store/sealing';
import type { StoreProblem } from '../store/types';
import { recalledKinds } from '../store/known-locks';
import { forgetLease, hasLease, isReadingOver, renewed } from './lease.svelte';
import { forgetLocks, haveLocks, lockOf, locksFound, lookAtLocks } from './locks';
import type { Opened, Opening, OpeningProblem } from './opening-states';
import { lockWithPasskey, openPasskey } from './passkey';
import { isWrittenElsewhere } from './writing-tabs';
import { lockWithWords, openWords } from './passphrase';
import { whyNotHeld, whyNotOpened } from './holding';
import { openOnline, worksOnline } from './online.svelte';
import { isPin } from './pin';
import { standing, triesLeft, tried } from './standing.svelte';

export type { Opening, OpeningProblem };
export {
  forgetPinForNow,
  hasPin,
  isTrying,
  lockKinds,
  notHeld,
  setPin,
  triesLeft,
} from './standing.svelte';

/** The locks are read: who is quicker than the disk waits for them. */
let met: Promise<void> = Promise.resolve();
let user: Id = '';

/** How far this phone is open. */
export function opening(): Opening {
  return standing.state;
}

/** Whose store that is. */
export function whoOpens(): Id {
  return user;
}

async function lookForLocks(account: Id, drawn?: Promise<void>): Promise<void> {
  if (drawn !== undefined) await drawn;
  if (user !== account) return;
  const found = await locksFound(account);
  if (user !== account) return;
  haveLocks(account, found.ok ? found.value : []);
  if (await isOver()) {
    if (user === account) await lapse();
    return;
  }
  // What lies here already may be opened; nothing is begun where it would not last.
  const why = standing.kinds.length === 0 ? await whyNotHeld() : null;
  // Somebody else came, or left, while we looked.
  if (user !== account) return;
  standing.unheld = found.ok ? why : (why ?? whyNotOpened(found.error));
  standing.state = standing.kinds.length === 0 ? 'choose' : 'shut';
}

/**
 * This volunteer works here now: look which locks there are. Where that is remembered the look
 * waits until they are asked for on the screen: it opens a database, which takes a slow phone long.
 */
export async function meet(account: Id, drawn?: Promise<void>): Promise<void> {
  const open = currentStore();
  if (open?.accountId === account) {
    user = account;
    standing.state = 'open';
    // Signed in again: who waited for that may go on.
    if (standing.held !== null) await openStore(user, standing.held.key);
    else useStore(open);
    return;
  }
  leave();
  user = account;
  standing.kinds = recalledKinds(account);
  const remembered = standing.kinds.length > 0;
  if (remembered) standing.state = 'shut';
  met = lookForLocks(account, remembered ? drawn : undefined);
  await met;
}

/** Is reading over, also when the server is asked? */
async function isOver(): Promise<boolean> {
  const account = user;
  return (await isReadingOver(account, standing.state === 'open')) && !(await renewed(account));
}

/** Nothing is read here any more: the key goes from memory and the locks from the disk. */
async function lapse(): Promise<void> {
  const account = user;
  leave();
  user = account;
  // Another tab that is in the midst of a talk takes the locks away when that is done.
  if (!(await isWrittenElsewhere(account)))
    await closeReading(account, ports.clock.now().getTime());
  if (user === account) standing.state = 'lapsed';
}

/** Close reading when its time is over. The screens go first: the server may be long in answering. */
export async function keepLease(): Promise<void> {
  // Where nothing is kept there is nothing to close, and looking would make a database.
  if (worksOnline()) return;
  const account = user;
  if (!(['open', 'shut', 'pin'] as const).some((one) => one === standing.state)) return;
  if (!(await isReadingOver(account, standing.state === 'open')) || user !== account) return;
  shut();
  if ((await renewed(account)) || user !== account) return;
  if (standing.state === 'shut' || standing.state === 'pin') await lapse();
}

/** Nobody works here any more: the store shuts and its key is gone. */
export function leave(): void {
  standing.visit += 1;
  standing.trying = false;
  closeStore();
  unprepare();
  standing.held = null;
  user = '';
  forgetLocks();
  standing.unheld = null;
  forgetLease();
  standing.state = 'nobody';
}

function cannotHold(problem: StoreProblem): Result<void, OpeningProblem> {
  standing.unheld = whyNotOpened(problem);
  return err(problem);
}

/** Go on without keeping anything. What lies here sealed stays; what is empty goes. */
export async function beginOnline(): Opened {
  await wipeEmpty(user);
  const opened = await openOnline(user);
  if (!opened.ok) return opened;
  standing.unheld = null;
  standing.state = 'open';
  return opened;
}

/** `visit`: when this was tried. A lock that opens too late opens nothing for who came since. */
async function openWith(key: CryptoKey, over: Promise<boolean>, visit: number): Opened {
  // What comes before is the person's and the lock's time; what comes after is ours.
  performance.mark('voordeur-key');
  const isOverNow = await over;
  if (visit !== standing.visit) return err('wrong');
  if (isOverNow) {
    await lapse();
    return err('lapsed');
  }
  const opened = await openStore(user, key);
  if (visit !== standing.visit) return err('wrong');
  if (!opened.ok) return cannotHold(opened.error);
  standing.held = { key, pin: opened.value.known('pin'), tries: 0 };
  standing.state = 'open';
  if (!hasLease()) await beginLease(user, ports.clock.now().getTime());
  return ok(undefined);
}

async function openRaw(raw: Bytes | null, over: Promise<boolean>, visit: number): Opened {
  if (raw === null) return err('wrong');
  const key = await dataKey(raw);
  raw.fill(0);
  return openWith(key, over, visit);
}

async function begin(make: (key: Bytes) => Promise<Lock | OpeningProblem>): Opened {
  const raw = newDataKey();
  const { visit } = standing;
  const lock = await make(raw);
  if (visit !== standing.visit) return err('wrong');
  if (typeof lock === 'string' || !('box' in lock)) return err(lock);
  const kept = await firstLock(user, lock);
  if (visit !== standing.visit) return err('wrong');
  if (!kept.ok) return cannotHold(kept.error);
  if (!kept.value) {
    // Another tab chose meanwhile: its lock is asked for here too.
    await meet(user);
    return err('wrong');
  }
  haveLocks(user, [lock]);
  return openRaw(raw, Promise.resolve(false), visit);
}

/** The first lock of this store: these words. */
export function beginWithWords(words: readonly string[]): Opened {
  return begin(async (key) => (await lockWithWords(user, words, key)) ?? 'memory');
}

/** The first lock of this store: the phone's own passkey. */
export function beginWithPasskey(): Opened {
  return begin((key) => lockWithPasskey(user, key));
}

/** Read the locks again: another tab may have changed them, or have made the store anew. */
export async function seeLocks(): Promise<void> {
  const account = user;
  await met;
  const found = await lookAtLocks(account, () => user === account);
  if (found.ok && found.value.length === 0) await meet(account);
}

async function openLock<K extends Lock['kind']>(
  kind: K,
  open: (lock: Extract<Lock, { kind: K }>) => Promise<Bytes | null>,
): Opened {
  void prepare(user);
  await seeLocks();
  const { visit } = standing;
  const lock = lockOf(kind);
  const over = isOver();
  return openRaw(lock === undefined ? null : await open(lock), over, visit);
}

/** Open with the four words. */
export function openByWords(words: readonly string[]): Opened {
  return tried(openLock('passphrase', (lock) => openWords(user, words, lock)));
}

/** Open with the passkey. */
export function openByPasskey(): Opened {
  return tried(openLock('passkey', (lock) => openPasskey(user, lock)));
}

/** Shut the store now. With a PIN its key stays in memory, so that the PIN re-opens it. */
export function shut(): void {
  if (standing.state !== 'open' || worksOnline()) return;
  closeStore();
  if (standing.held?.pin === null) standing.held = null;
  standing.state = standing.held === null ? 'shut' : 'pin';
}

/** Re-open with the PIN; the fifth wrong one drops the key, and then only the words help. */
export async function openByPin(pin: string): Opened {
  const { held: kept, visit } = standing;
  if (kept === null || kept.pin === null) return err('wrong');
  const over = isOver();
  void prepare(user);
  if (await isPin(pin, kept.pin)) return openWith(kept.key, over, visit);
  if (visit !== standing.visit) return err('wrong');
  standing.held = { ...kept, tries: kept.tries + 1 };
  if (triesLeft() <= 0) {
    standing.held = null;
    standing.state = 'shut';
  }
  return err('wrong');
}
