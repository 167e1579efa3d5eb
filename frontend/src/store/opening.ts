/** Opens the sealed store of an account with its data key; takes over what still lay in clear. */
import { ok, type Result } from '../lib/result';
import { clearContents, deleteClearStore } from './clear-store';
import { attempt, Database } from './database';
import type { Id } from './dossiers';
import { identityOf } from './identity';
import { SealedStore } from './sealed-store';
import type { Store, StoreProblem } from './types';

/** Open (or make) the store; it never throws, a browser without one is a value. */
export async function openSealed(user: Id, key: CryptoKey): Promise<Result<Store, StoreProblem>> {
  const opened = await attempt(async () => {
    const db = new Database(user);
    await db.open();
    const before = await clearContents(user);
    const device = await identityOf(db, before?.deviceId ?? null);
    return { store: new SealedStore(db, key, user, device), before };
  });
  if (!opened.ok) return opened;
  const { store, before } = opened.value;
  if (before === null) return ok(store);
  const taken = await store.change(before.changes);
  if (!taken.ok) return taken;
  const gone = await attempt(() => deleteClearStore(user));
  return gone.ok ? ok(store) : gone;
}
