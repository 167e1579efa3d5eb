/**
 * What lies in clear beside the sealed records: locks, lease, identity. The database comes when it is
 * first looked into: what asks for the words stands on the screen before that.
 */
import type { Result } from '../lib/result';
import type { Database } from './database';
import type { Id } from './dossiers';
import { attempt } from './problems';
import type { StoreProblem } from './types';

/** Work on an account's store, which need not be open. */
export async function inClear<T>(
  user: Id,
  work: (db: Database) => PromiseLike<T>,
): Promise<Result<T, StoreProblem>> {
  const loaded = await attempt(() => import('./database'));
  if (!loaded.ok) return loaded;
  const db = new loaded.value.Database(user);
  try {
    return await attempt(() => work(db), db);
  } finally {
    db.close();
  }
}
