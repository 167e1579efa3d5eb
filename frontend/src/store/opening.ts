/** Opens the sealed store of an account with its data key; takes over what still lay in clear. */
import { ok, type Result } from '../lib/result';
import { clearContents, deleteClearStore } from './clear-store';
import { attempt, Database } from './database';
import type { Id } from './dossiers';
import { keepIdentity, knownIdentity, newIdentity } from './identity';
import { SealedStore } from './sealed-store';
import type { Store, StoreProblem } from './types';

/** Open (or make) the store; it never throws, a browser without one is a value. */
export async function openSealed(user: Id, key: CryptoKey): Promise<Result<Store, StoreProblem>> {
  const db = new Database(user);
  const opened = await attempt(async () => {
    await db.open();
    return knownIdentity(db);
  });
  if (!opened.ok) return opened;
  if (opened.value === null) return firstOpened(db, user, key);
  return ok(new SealedStore(db, key, user, opened.value));
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
