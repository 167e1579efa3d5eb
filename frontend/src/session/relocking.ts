/**
 * Other locks on the open store: new words, a passkey beside them, or one taken away. Somebody who
 * finds the phone open must not get in for good: each act begins with opening a lock that is there.
 * That gives the data key once more, which stays the same; only what it lies in changes.
 */
import type { Bytes } from '../lib/bytes';
import { ports } from '../lib/ports';
import { err, ok, type Result } from '../lib/result';
import { currentStore, onStore } from '../store/current';
import type { Id } from '../store/dossiers';
import type { Lock } from '../store/keyring';
import { changeLocks, type LockChange } from '../store/relocking';
import { haveLocks, lockOf, lookAtLocks } from './locks';
import { keepLease } from './opening.svelte';
import type { RelockingProblem } from './opening-states';
import { lockWithPasskey, openPasskey } from './passkey';
import { lockWithWords, openWords } from './passphrase';

type Relocked = Promise<Result<void, RelockingProblem>>;

interface Proof {
  readonly user: Id;
  /** Which lock was opened. */
  readonly by: Lock['kind'];
  /** All locks as they were then. */
  readonly seen: readonly Lock[];
  /** The data key in clear; zeros once this proof is over. */
  readonly raw: Bytes;
}

let proof: Proof | null = null;
/** How many proofs were given up: one that comes too late does not count. */
let ended = 0;

/** Whose store is open here and lies on the disk. */
function whose(): Id | null {
  const store = currentStore();
  return store?.lasting === true ? store.accountId : null;
}

/** Whoever proved that this phone is theirs went away: the key in clear leaves memory. */
export function endProof(): void {
  proof?.raw.fill(0);
  proof = null;
  ended += 1;
}

// A store that shuts is not to be opened by what stayed behind here.
onStore(() => {
  if (proof !== null && proof.user !== whose()) endProof();
});

/** Read which locks there are: this tab may have known them for hours. */
export async function readLocks(): Promise<void> {
  const user = whose();
  if (user !== null) await lookAtLocks(user, () => whose() === user);
}

async function prove<K extends Lock['kind']>(
  by: K,
  open: (user: Id, lock: Extract<Lock, { kind: K }>) => Promise<Bytes | null>,
): Relocked {
  endProof();
  const turn = ended;
  // Of a store whose time is over no lock is opened, and where there is a line it is asked first.
  await keepLease();
  const user = whose();
  if (user === null) return err({ kind: 'closed' });
  const found = await lookAtLocks(user, () => whose() === user);
  if (!found.ok) return found;
  const lock = lockOf(by, found.value);
  if (lock === undefined) return err('changed');
  const raw = await open(user, lock);
  if (raw === null) return err('wrong');
  if (turn !== ended || whose() !== user) {
    raw.fill(0);
    return err({ kind: 'closed' });
  }
  proof = { user, by, seen: found.value, raw };
  return ok(undefined);
}

/** Show with the four words that this phone is yours. */
export function proveByWords(words: readonly string[]): Relocked {
  return prove('passphrase', (user, lock) => openWords(user, words, lock));
}

/** The same with the passkey. */
export function proveByPasskey(): Relocked {
  return prove('passkey', openPasskey);
}

async function relock(make: (given: Proof) => Promise<LockChange | RelockingProblem>): Relocked {
  const given = proof;
  if (given === null) return err('wrong');
  const change = await make(given);
  if (typeof change === 'string' || 'kind' in change) return err(change);
  // Shut or left meanwhile: what was wrapped may be zeros.
  if (proof !== given) return err({ kind: 'closed' });
  const { user, seen } = given;
  const changed = await changeLocks(user, seen, change, ports.clock.now().getTime());
  if (changed.ok) haveLocks(user, changed.value);
  else if (changed.error === 'changed') await lookAtLocks(user, () => whose() === user);
  else if (changed.error === 'lapsed') await keepLease();
  if (changed.ok || changed.error === 'changed') endProof();
  return changed.ok ? ok(undefined) : changed;
}

/** From now on these words open the store, and none of before. */
export function useWords(words: readonly string[]): Relocked {
  return relock(async ({ user, raw }) => {
    const put = await lockWithWords(user, words, raw);
    return put === null ? 'memory' : { put };
  });
}

/** From now on a new passkey opens the store, too. */
export function usePasskey(): Relocked {
  return relock(async ({ user, raw }) => {
    const put = await lockWithPasskey(user, raw);
    return typeof put === 'string' ? put : { put };
  });
}

/** Take a lock away. It takes another one that was just opened: so it is sure that one works. */
export function takeLock(kind: Lock['kind']): Relocked {
  return relock(({ by }) => Promise.resolve(by === kind ? 'last' : { take: kind }));
}
