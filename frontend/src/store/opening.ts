/** Opens the sealed store of an account with its data key; takes over what still lay in clear. */
import { ok, type Result } from '../lib/result';
import { clearContents, deleteClearStore } from './clear-store';
import { sealedOf, type Sealed } from './contents';
import { attempt, Database } from './database';
import type { Id } from './dossiers';
import { keepIdentity, knownIdentity, newIdentity } from './identity';
import { SealedStore } from './sealed-store';
import type { DeviceIdentity, Store, StoreProblem } from './types';

/** What can be read while the person still opens the lock: all of it is sealed. */
interface Prepared {
  readonly user: Id;
  readonly db: Database;
  readonly read: Promise<Result<{ device: DeviceIdentity | null; sealed: Sealed }, StoreProblem>>;
}

let prepared: Prepared | null = null;

function read(user: Id): Prepared {
  const db = new Database(user);
  const all = async (): Promise<{ device: DeviceIdentity | null; sealed: Sealed }> => {
    await db.openOwn();
    const [device, sealed] = await Promise.all([knownIdentity(db), sealedOf(db)]);
    return { device, sealed };
  };
  return { user, db, read: attempt(all, db) };
}

/** Read this account's store while its lock is being opened: a slow phone then waits for one only. */
export function prepare(user: Id): void {
  if (prepared?.user === user) return;
  unprepare();
  prepared = read(user);
}

/** Nobody opens it after all. */
export function unprepare(): void {
  prepared?.db.close();
  prepared = null;
}

/** Open (or make) the store; it never throws, a browser without one is a value. */
export async function openSealed(user: Id, key: CryptoKey): Promise<Result<Store, StoreProblem>> {
  const ready = prepared?.user === user ? prepared : read(user);
  if (ready === prepared) prepared = null;
  const { db } = ready;
  const opened = await ready.read;
  if (!opened.ok) return opened;
  const { device, sealed } = opened.value;
  if (device === null) return firstOpened(db, user, key);
  return ok(new SealedStore(db, key, user, device, sealed));
}

/** The phone gets its identity last: cut off before that, all of this happens again. */
async function firstOpened(
  db: Database,
  user: Id,
  key: CryptoKey,
): Promise<Result<Store, StoreProblem>> {
  const made = await attempt(async () => {
    const before = await clearContents(user);
    return { before, device: await newIdentity(before?.deviceId ?? null) };
  });
  if (!made.ok) return made;
  const { before, device } = made.value;
  if (before !== null) {
    const taken = await new SealedStore(db, key, user, device).change(before.changes);
    if (!taken.ok) return taken;
  }
  const kept = await attempt(async () => {
    if (before !== null) await deleteClearStore(user);
    return keepIdentity(db, device);
  });
  return kept.ok ? ok(new SealedStore(db, key, user, kept.value)) : kept;
}
