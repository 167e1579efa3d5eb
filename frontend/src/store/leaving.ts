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
