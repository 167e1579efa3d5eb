/** Other locks on a store that has some: its data key stays, only what it lies in changes. */
import { err, ok, type Result } from '../lib/result';
import { revisionOf } from './contents';
import type { Database } from './database';
import type { Id } from './dossiers';
import { inClear } from './in-clear';
import { locksIn, type Lock } from './keyring';
import { isOver, leaseIn, lookedAt } from './lease';
import { withoutMirror } from './mirror';
import type { StoreProblem } from './types';

/** One of each kind at most: what is put takes the place of the one of its kind. */
export type LockChange = { readonly put: Lock } | { readonly take: Lock['kind'] };

/**
 * `changed`: these are not the locks any more; `lapsed`: reading is over, and a new lock would open
 * it again; `last`: nothing would open this store.
 */
export type LockRefusal = 'changed' | 'lapsed' | 'last';

function areThese(found: readonly Lock[], seen: readonly Lock[]): boolean {
  const named = (locks: readonly Lock[]): string =>
    locks.map(({ kind, salt, nonce }) => `${kind} ${salt} ${nonce}`).join('\n');
  return named(found) === named(seen);
}

function changedBy(locks: readonly Lock[], change: LockChange): Lock[] {
  const kind = 'put' in change ? change.put.kind : change.take;
  const others = locks.filter((one) => one.kind !== kind);
  return 'put' in change ? [...others, change.put] : others;
}

/**
 * Put on another lock, or take one away, in one write: cut off, the old ones stand. `seen`: the locks
 * as they were when one of them was opened for this. Another tab may have changed them since, or have
 * made the store anew, with another key: then nothing happens. Gives the locks as they are now.
 */
export async function changeLocks(
  user: Id,
  seen: readonly Lock[],
  change: LockChange,
  now: number,
): Promise<Result<Lock[], LockRefusal | StoreProblem>> {
  const put = (db: Database): PromiseLike<Result<Lock[], LockRefusal>> =>
    db.transaction('rw', db.clear, async (): Promise<Result<Lock[], LockRefusal>> => {
      const lease = await leaseIn(db);
      if (lease !== null && isOver(lookedAt(lease, now))) return err('lapsed');
      const found = await locksIn(db);
      if (found.length === 0 || !areThese(found, seen)) return err('changed');
      const locks = changedBy(found, change);
      if (locks.length === 0) return err('last');
      await db.clear.put({ key: 'locks', value: locks });
      // So that every tab looks, and the second home gets them too.
      await db.clear.put({ key: 'revision', value: (await revisionOf(db)) + 1 });
      return ok(locks);
    });
  const done = await withoutMirror(user, () => inClear(user, put));
  return done.ok ? done.value : done;
}
