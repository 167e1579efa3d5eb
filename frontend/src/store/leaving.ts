/**
 * What can still be done with a store that nobody can open: hand its boxes to the server, which
 * alone can read them, and take the store away. Needs no key, only this phone.
 */
import type { Result } from '../lib/result';
import type { Database } from './database';
import type { Id } from './dossiers';
import { inClear } from './in-clear';
import { looseIn } from './loose-rows';
import { withoutMirror } from './mirror';
import { attempt } from './problems';
import type { SealedRow } from './sealing';
import type { DeviceIdentity, EscrowBox, LeftBehind, StoreProblem } from './types';

/** What waits in these tables for the server alone. */
export async function leftIn(db: Database): Promise<LeftBehind> {
  const [dossiers, waiting, facts, clear] = await Promise.all([
    db.a.count(),
    db.b.toArray(),
    db.c.toArray(),
    db.clear.toArray(),
  ]);
  const device = clear.find(({ key }) => key === 'device')?.value as DeviceIdentity | undefined;
  const boxes = boxesOf(waiting);
  // Where the server was heard once there are dossiers, and all that waits has its box.
  const bare = dossiers === 0 ? waiting.length - boxes.length : 0;
  return { device: device ?? null, boxes, forms: boxesOf(facts), loose: looseIn(clear), bare };
}

function boxesOf(rows: readonly SealedRow[]): EscrowBox[] {
  return rows.flatMap(({ row, escrow }) => (escrow ? [{ id: row, box: escrow }] : []));
}

/** What waits in this account's store for the server alone. */
export function leftBehind(user: Id): Promise<Result<LeftBehind, StoreProblem>> {
  return inClear(user, leftIn);
}

async function isNamed(db: Database, named: ReadonlySet<Id>): Promise<boolean> {
  const { boxes, forms, loose } = await leftIn(db);
  return [...boxes, ...forms, ...loose].every(({ id }) => named.has(id));
}

/**
 * Have all tables for a moment, when whoever was in the midst of writing here is done: does nothing lie
 * there that `named` has not? Nothing is taken out: a window that has the store open would read it again,
 * and so make it anew behind us.
 */
function isAllNamed(db: Database, named: ReadonlySet<Id>): PromiseLike<boolean> {
  return db.transaction('rw', db.tables, () => isNamed(db, named));
}

/**
 * Take the whole store of this account off the phone, unless something was put there that the server
 * did not name: it was written while the rest was on its way. Says whether it is gone.
 */
export function wipeNamed(
  user: Id,
  named: ReadonlySet<Id>,
): Promise<Result<boolean, StoreProblem>> {
  return withoutMirror(user, () =>
    inClear(user, async (db) => {
      const looked = await attempt(() => isAllNamed(db, named));
      // A disk that takes nothing any more still lets go of all it has.
      const gone = looked.ok ? looked.value : await isNamed(db, named);
      if (gone) await db.delete();
      return gone;
    }),
  );
}

/** Have all tables for a moment: whoever was in the midst of reading or writing here is done then. */
async function untouched(db: Database): Promise<void> {
  await db.transaction('rw', db.tables, () => db.clear.count());
}

/** Take the whole store of this account off the phone, its locks and its identity too. */
export function wipe(user: Id): Promise<Result<void, StoreProblem>> {
  return withoutMirror(user, () =>
    inClear(user, async (db) => {
      // What cannot be opened can still be taken away.
      await attempt(() => untouched(db));
      await db.delete();
    }),
  );
}

/** Take away what looking for locks leaves behind: a store in which nothing was ever put. */
export function wipeEmpty(user: Id): Promise<Result<void, StoreProblem>> {
  return inClear(user, async (db) => {
    // A whole transaction, so that nothing of ours still holds the store when it goes.
    const put = await db.transaction('r', db.clear, () => db.clear.count());
    if (put === 0) await db.delete();
  });
}
