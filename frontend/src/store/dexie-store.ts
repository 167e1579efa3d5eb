/** The store on IndexedDB through Dexie: one database an account, the only module that knows it. */
import Dexie, { liveQuery, type EntityTable, type Table } from 'dexie';
import type { Dossier, DossierKind, Id } from './dossiers';
import type { Mutation } from './mutations';
import { err, ok, type Result } from '../lib/result';
import { ports } from '../lib/ports';
import type {
  Change,
  EntryState,
  MetaKey,
  OutboxEntry,
  Reader,
  Store,
  StoreProblem,
  View,
} from './types';

/** Flat, so that Dexie can index it; `frozen` and `held` are 0 or 1. */
interface OutboxRow {
  seq: number;
  id: Id;
  dossier_id: Id;
  kind: string;
  schema: 1;
  made_at: string;
  body: unknown;
  frozen: 0 | 1;
  held: 0 | 1;
  state: EntryState;
  outcome: OutboxEntry['outcome'];
  code: string;
}

interface MetaRow {
  key: MetaKey | 'revision';
  value: string;
}

class Database extends Dexie {
  dossiers!: Table<Dossier, Id>;
  outbox!: EntityTable<OutboxRow, 'seq'>;
  meta!: Table<MetaRow, string>;

  constructor(accountId: Id) {
    // Chrome writes relaxed by default; we say "saved", so we ask for the disk.
    super(`voordeur-${accountId}`, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      dossiers: 'id, kind, [id+version]',
      outbox: '++seq, &id, dossier_id',
      meta: 'key',
    });
  }
}

/** How often a plan is made again because another tab wrote first, before we call it failed. */
const TRIES = 50;

const KINDS: Record<string, StoreProblem['kind']> = {
  QuotaExceededError: 'quota',
  DatabaseClosedError: 'closed',
  InvalidStateError: 'closed',
  MissingAPIError: 'unavailable',
  OpenFailedError: 'unavailable',
  SecurityError: 'unavailable',
  VersionError: 'blocked',
};

function problemOf(error: unknown): StoreProblem {
  if (!(error instanceof Error)) return { kind: 'failed' };
  // Dexie wraps the cause of an aborted transaction.
  const inner = (error as Error & { inner?: unknown }).inner;
  const cause = inner instanceof Error ? KINDS[inner.name] : undefined;
  return { kind: cause ?? KINDS[error.name] ?? 'failed' };
}

async function attempt<T>(work: () => PromiseLike<T>): Promise<Result<T, StoreProblem>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(problemOf(error));
  }
}

function toEntry(row: OutboxRow): OutboxEntry {
  const { seq, frozen, held, state, outcome, code, id, dossier_id, kind, schema, made_at } = row;
  const mutation = { id, dossier_id, kind, schema, made_at, body: row.body } as Mutation;
  return { seq, mutation, frozen: frozen === 1, held: held === 1, state, outcome, code };
}

function toRow(entry: Omit<OutboxEntry, 'seq'>): Omit<OutboxRow, 'seq'> {
  const { mutation, frozen, held, state, outcome, code } = entry;
  return { ...mutation, frozen: frozen ? 1 : 0, held: held ? 1 : 0, state, outcome, code };
}

function readerOf(db: Database): Reader {
  return {
    dossier: (id) => attempt(async () => (await db.dossiers.get(id)) ?? null),
    dossiers: (ids) =>
      attempt(async () =>
        (await db.dossiers.bulkGet([...ids])).filter((found) => found !== undefined),
      ),
    dossiersOf: (kind: DossierKind) =>
      attempt(() => db.dossiers.where('kind').equals(kind).toArray()),
    holdings: () =>
      attempt(async () => {
        // Keys of the index only: the bodies stay where they are.
        const keys = await db.dossiers.orderBy('[id+version]').keys();
        return Object.fromEntries(keys as unknown as [Id, string][]);
      }),
    entries: () => attempt(async () => (await db.outbox.orderBy('seq').toArray()).map(toEntry)),
    meta: (key) => attempt(async () => (await db.meta.get(key))?.value ?? null),
  };
}

async function write(db: Database, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    switch (change.do) {
      case 'keep':
        await db.dossiers.put(change.dossier);
        break;
      case 'drop':
        await db.dossiers.delete(change.id);
        break;
      case 'queue':
        await db.outbox.add(toRow(change.entry));
        break;
      case 'amend':
        await db.outbox.put({ ...toRow(change.entry), seq: change.entry.seq });
        break;
      case 'unqueue':
        await db.outbox.delete(change.seq);
        break;
      case 'remember':
        if (change.value === null) await db.meta.delete(change.key);
        else await db.meta.put({ key: change.key, value: change.value });
    }
  }
}

interface Snapshot extends View {
  revision: string;
}

function snapshot(db: Database, ids: readonly Id[]): Promise<Snapshot> {
  return db.transaction('r', db.dossiers, db.outbox, db.meta, async () => {
    const meta = new Map((await db.meta.toArray()).map(({ key, value }) => [key, value]));
    const entries = (await db.outbox.orderBy('seq').toArray()).map(toEntry);
    const rows = ids.length === 0 ? [] : await db.dossiers.bulkGet([...ids]);
    const found = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
    return {
      entries,
      dossier: (id: Id) => found.get(id),
      meta: (key: MetaKey) => meta.get(key) ?? null,
      revision: meta.get('revision') ?? '0',
    };
  });
}

/** Write unless somebody else did since `revision`; says whether it was written. */
function commit(db: Database, revision: string, changes: readonly Change[]): Promise<boolean> {
  return db.transaction('rw', db.dossiers, db.outbox, db.meta, async () => {
    const now = (await db.meta.get('revision'))?.value ?? '0';
    if (now !== revision) return false;
    await write(db, changes);
    await db.meta.put({ key: 'revision', value: String(Number(revision) + 1) });
    return true;
  });
}

async function decideAndWrite(
  db: Database,
  ids: readonly Id[],
  plan: (view: View) => readonly Change[],
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const view = await snapshot(db, ids);
    const changes = plan(view);
    // Sealing goes here: after the decision, before the transaction.
    if (changes.length === 0 || (await commit(db, view.revision, changes))) return;
  }
  throw new Error('Other tabs kept writing first');
}

function storeOf(db: Database, accountId: Id): Store {
  let last: Promise<unknown> = Promise.resolve();
  const reader = readerOf(db);
  return {
    ...reader,
    accountId,
    change(ids, plan) {
      // One after another, so that the last keystroke always wins.
      const mine = last.then(() => attempt(() => decideAndWrite(db, ids, plan)));
      last = mine;
      return mine;
    },
    observe(read, next) {
      const subscription = liveQuery(() => read(reader)).subscribe({
        next,
        error: (error: unknown) => {
          next(err(problemOf(error)));
        },
      });
      return () => {
        subscription.unsubscribe();
      };
    },
    close() {
      db.close();
    },
  };
}

/** Open (or make) the store of an account; it never throws, a browser without one is a value. */
export async function openDatabase(accountId: Id): Promise<Result<Store, StoreProblem>> {
  const opened = await attempt(async () => {
    const db = new Database(accountId);
    await db.open();
    return storeOf(db, accountId);
  });
  if (!opened.ok) return opened;
  return enrolled(opened.value);
}

/** A store that knows its device id; made once, and only then written. */
async function enrolled(store: Store): Promise<Result<Store, StoreProblem>> {
  const known = await store.meta('device_id');
  if (!known.ok) return known;
  if (known.value !== null) return ok(store);
  const made = await store.change([], (view) =>
    view.meta('device_id') === null
      ? [{ do: 'remember', key: 'device_id', value: ports.random.uuid() }]
      : [],
  );
  return made.ok ? ok(store) : made;
}
