/**
 * A loose note: what somebody wrote down while nothing opened the store. It needs no key of this
 * phone, and no key of this phone reads it: it is sealed to the server as it is kept.
 */
import { ports } from '../lib/ports';
import type { Result } from '../lib/result';
import type { ClearRow, Database } from './database';
import type { Id, Instant } from './dossiers';
import { sealToServer, type EscrowKey } from './escrow';
import { revisionOf } from './contents';
import { knownIdentity } from './identity';
import { inClear } from './in-clear';
import { looseIn, looseKey, sentKey, SERVER_KEY, type LooseBox } from './loose-rows';
import { atHome, bounded, hasLocks } from './mirror';
import { MUTATION_SCHEMA } from './mutations';
import { attempt, StoreGoneError } from './problems';
import type { DeviceIdentity, StoreProblem } from './types';

export interface LooseNote {
  /** As whoever was there knows the door. */
  readonly door: string;
  readonly words: string;
  /** When it was, in words: nobody counts with it. */
  readonly when: string;
  readonly made_at: Instant;
  /** The resident said yes to noting; else it is about whoever writes, and about no household. */
  readonly said_yes: boolean;
  readonly call_today: boolean;
}

interface Means {
  readonly key: EscrowKey;
  readonly device: DeviceIdentity & { readonly keys: CryptoKeyPair };
}

function valueOf(clear: readonly ClearRow[], wanted: string): unknown {
  return clear.find(({ key }) => key === wanted)?.value;
}

/** What sealing and sending takes; null where the server was never heard. */
function meansIn(clear: readonly ClearRow[]): Means | null {
  const key = valueOf(clear, SERVER_KEY) as EscrowKey | undefined;
  const device = valueOf(clear, 'device') as DeviceIdentity | undefined;
  if (key === undefined || !device?.keys) return null;
  return { key, device: { id: device.id, keys: device.keys } };
}

/** A store that lapsed, or was given up, has no second home any more. */
function isMirrored(clear: readonly ClearRow[]): boolean {
  const locks = valueOf(clear, 'locks');
  return Array.isArray(locks) && locks.length > 0;
}

/** Can a note be kept in this account's store? */
export function canKeepLoose(user: Id): Promise<Result<boolean, StoreProblem>> {
  return inClear(user, async (db) => meansIn(await db.clear.toArray()) !== null);
}

/** Write, unless the store was made anew meanwhile: the open ones of other tabs look again. */
function put(db: Database, row: ClearRow, device: Id): Promise<void> {
  return db.transaction('rw', db.clear, async () => {
    if ((await knownIdentity(db))?.id !== device) throw new StoreGoneError();
    await db.clear.bulkPut([row, { key: 'revision', value: (await revisionOf(db)) + 1 }]);
  });
}

/** The second home has it too, where a whole store lies there. */
async function mirror(user: Id, change: (home: Database) => PromiseLike<unknown>): Promise<void> {
  await atHome(user, async (home) => {
    const done = await bounded(
      attempt(() =>
        home.transaction('rw', home.clear, async () => {
          if (hasLocks(await home.clear.toArray())) await change(home);
        }),
      ),
    );
    home.close();
    return done;
  });
}

/**
 * Seal it to the server and write it down; gives its id once it is on the disk, and null where it
 * could not be kept because the server's key was never heard.
 */
export function keepLoose(
  user: Id,
  { made_at, ...body }: LooseNote,
): Promise<Result<Id | null, StoreProblem>> {
  return inClear(user, async (db) => {
    const clear = await db.clear.toArray();
    const means = meansIn(clear);
    if (means === null) return null;
    const id = ports.random.uuid();
    const said = {
      id,
      dossier_id: id,
      kind: 'draft.loose',
      schema: MUTATION_SCHEMA,
      made_at,
      body,
    };
    const box = await sealToServer(means.key, means.device.id, id, said);
    if (box === null) return null;
    const value = { box, at: ports.clock.now().toISOString() };
    const row: ClearRow = { key: looseKey(id), value };
    await put(db, row, means.device.id);
    if (isMirrored(clear)) await mirror(user, (home) => home.clear.put(row));
    return id;
  });
}

/** The notes that wait in this account's store, and which phone signs for them. */
export function looseLeft(
  user: Id,
): Promise<Result<{ device: DeviceIdentity | null; notes: readonly LooseBox[] }, StoreProblem>> {
  return inClear(user, async (db) => {
    // Looking must not make a store where none is, or none is any more.
    if (!(await db.isThere())) return { device: null, notes: [] };
    const clear = await db.clear.toArray();
    return { device: meansIn(clear)?.device ?? null, notes: looseIn(clear) };
  });
}

function sentOf(clear: readonly ClearRow[], ids: readonly Id[], at: Instant): ClearRow[] {
  return looseIn(clear)
    .filter(({ id }) => ids.includes(id))
    .map(({ id, box }) => ({ key: sentKey(id), value: { box, at } }));
}

/** The server has these: they wait no more, and their boxes are kept as copies of other work are. */
export async function dropLoose(user: Id, ids: readonly Id[]): Promise<Result<void, StoreProblem>> {
  const keys = ids.map(looseKey);
  const at = ports.clock.now().toISOString();
  return inClear(user, async (db) => {
    const clear = await db.transaction('rw', db.clear, async () => {
      const before = await db.clear.toArray();
      // A store that was given up meanwhile is not begun anew by this.
      if (!before.some(({ key }) => keys.includes(key))) return [];
      await db.clear.bulkDelete(keys);
      await db.clear.bulkPut(sentOf(before, ids, at));
      await db.clear.put({ key: 'revision', value: (await revisionOf(db)) + 1 });
      return before;
    });
    if (!isMirrored(clear)) return;
    await mirror(user, async (home) => {
      await home.clear.bulkDelete(keys);
      await home.clear.bulkPut(sentOf(clear, ids, at));
    });
  });
}
