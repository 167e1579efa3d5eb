/**
 * The store of the first version lay in clear. It is taken over once, into the sealed one, and then
 * deleted; cut off halfway, it is taken over again and nothing comes double.
 */
import Dexie, { type Table } from 'dexie';
import type { Dossier, Id } from './dossiers';
import type { Mutation } from './mutations';
import type { Change, EntryState, MetaKey, NewEntry, OutboxEntry, View } from './types';
import { liftedRow } from './upcasting';

interface ClearEntry extends Omit<Mutation, 'body'> {
  seq: number;
  body: unknown;
  frozen: 0 | 1;
  held: 0 | 1;
  state: EntryState;
  outcome: OutboxEntry['outcome'];
  code: string;
}

export interface ClearContents {
  readonly deviceId: Id | null;
  /** What to write in the sealed store, given what is there already. */
  readonly changes: (view: View) => readonly Change[];
}

const KEPT: readonly string[] = ['receipt', 'last_success'] satisfies readonly MetaKey[];

function nameOf(user: Id): string {
  return `voordeur-${user}`;
}

function toChange(row: ClearEntry): Change {
  const { frozen, held, state, outcome, code, id, dossier_id, kind, schema, made_at } = row;
  const mutation = { id, dossier_id, kind, schema, made_at, body: row.body } as Mutation;
  const entry = { mutation, frozen: frozen === 1, held: held === 1, state, outcome, code };
  return { do: 'queue', entry: liftedRow('b', 1, entry) as NewEntry };
}

async function contentsOf(db: Dexie): Promise<ClearContents> {
  const dossiers = await db.table<Dossier>('dossiers').toArray();
  const outbox = await db.table<ClearEntry>('outbox').orderBy('seq').toArray();
  const facts: Table<{ key: string; value: string }> = db.table('meta');
  const meta = new Map((await facts.toArray()).map(({ key, value }) => [key, value]));
  return {
    deviceId: meta.get('device_id') ?? null,
    changes: ({ entries, dossier }) => {
      const here = new Set(entries.map(({ mutation }) => mutation.id));
      return [
        ...dossiers
          .filter(({ id }) => dossier(id) === undefined)
          .map((one): Change => ({ do: 'keep', dossier: one })),
        ...outbox.filter(({ id }) => !here.has(id)).map(toChange),
        ...[...meta]
          .filter(([key]) => KEPT.includes(key))
          .map(([key, value]): Change => ({ do: 'remember', key: key as MetaKey, value })),
      ];
    },
  };
}

/** What the clear store of this account holds; null where there is none. */
export async function clearContents(user: Id): Promise<ClearContents | null> {
  if (!(await Dexie.exists(nameOf(user)))) return null;
  const db = new Dexie(nameOf(user));
  db.version(1).stores({
    dossiers: 'id, kind, [id+version]',
    outbox: '++seq, &id, dossier_id',
    meta: 'key',
  });
  try {
    await db.open();
    return await contentsOf(db);
  } finally {
    db.close();
  }
}

/** Nothing in clear stays behind. */
export async function deleteClearStore(user: Id): Promise<void> {
  await Dexie.delete(nameOf(user));
}
