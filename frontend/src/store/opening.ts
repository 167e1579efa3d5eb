/** Opens the sealed store of an account with its data key; takes over what still lay in clear. */
import { ok, type Result } from '../lib/result';
import { clearContents, deleteClearStore } from './clear-store';
import { sealedOf } from './contents';
import { Database } from './database';
import type { Id } from './dossiers';
import { keepIdentity, knownIdentity, newIdentity } from './identity';
import { TABLES } from './memory';
import { attempt } from './problems';
import { SealedStore } from './sealed-store';
import type { DeviceIdentity, Store, StoreProblem } from './types';
import { Unsealer } from './unsealer';
import type { Sealed } from './unsealing';
import { isNewer } from './upcasting';

/** What can be read while the person still opens the lock: all of it is sealed. */
interface Prepared {
  readonly user: Id;
  readonly db: Database;
  readonly unsealer: Unsealer;
  readonly read: Promise<Result<{ device: DeviceIdentity | null; sealed: Sealed }, StoreProblem>>;
}

let prepared: Prepared | null = null;

function read(user: Id): Prepared {
  const db = new Database(user);
  const unsealer = new Unsealer();
  const all = async (): Promise<{ device: DeviceIdentity | null; sealed: Sealed }> => {
    await db.openOwn();
    const [device, sealed] = await Promise.all([knownIdentity(db), sealedOf(db, user)]);
    unsealer.take(sealed);
    return { device, sealed };
  };
  return { user, db, unsealer, read: attempt(all, db) };
}

/** Read this account's store before its key is known. */
export function beginReading(user: Id): void {
  if (prepared?.user === user) return;
  endReading();
  prepared = read(user);
}

/** Nobody opens it after all. */
export function endReading(): void {
  prepared?.db.close();
  prepared?.unsealer.end();
  prepared = null;
}

/** Open (or make) the store; it never throws, a browser without one is a value. */
export async function openSealed(user: Id, key: CryptoKey): Promise<Result<Store, StoreProblem>> {
  const ready = prepared?.user === user ? prepared : read(user);
  if (ready === prepared) prepared = null;
  const { db, unsealer } = ready;
  const opened = await ready.read;
  const device = opened.ok ? opened.value.device : null;
  if (!opened.ok || device === null) {
    unsealer.end();
    return opened.ok ? firstOpened(db, user, key) : opened;
  }
  const { sealed } = opened.value;
  const values = await unsealer.open(key, sealed);
  // What a newer app wrote is not taken in; the first look at the disk then says so.
  const newer = TABLES.some((table) => isNewer(sealed.tables[table]));
  return ok(new SealedStore(db, key, user, device, newer ? null : { sealed, values }));
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
