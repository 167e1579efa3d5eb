/**
 * The second home of a sealed store. Chromium keeps a site's databases in one log; killed in the
 * midst of a write it leaves half a record at its end, goes on behind that at the next start, and at
 * the start after it finds the log spoilt and throws all of it away. A bucket has a log of its own,
 * and one kill spoils one log at most. Other browsers have no buckets, and no such log.
 *
 * What lies here is sealed as it lies in the store. Before a lock is destroyed, and before a store is
 * taken away, this goes: nothing that was destroyed comes back from it.
 */
import { ports, type Timer } from '../lib/ports';
import type { ClearRow, Database } from './database';
import type { Id } from './dossiers';
import { inClear } from './in-clear';
import { attempt } from './problems';
import type { SealedRow, TableName } from './sealing';

interface Buckets {
  open(
    name: string,
    options: { durability: 'strict'; persisted: boolean },
  ): Promise<{ readonly indexedDB: IDBFactory }>;
}

/** One row as it was written; null took it away. */
export interface Written {
  readonly table: TableName;
  readonly row: Id;
  readonly sealed: SealedRow | null;
}

type Rows = Readonly<Record<TableName, readonly SealedRow[]>>;

const BUCKET = 'voordeur';
const ALL = ['a', 'b', 'c', 'd'] as const;
/** What is on this phone only waits for its second home too before it is called saved. */
const AT_ONCE: readonly TableName[] = ['b', 'c'];
/** How long what the server has as well may lie in one home only; milliseconds. */
const SOON = 1_000;

function theBuckets(): Buckets | null {
  const here = globalThis as { navigator?: { storageBuckets?: Buckets } };
  return here.navigator?.storageBuckets ?? null;
}

/** Null where the browser has no buckets, or gives none. */
async function open(user: Id): Promise<Database | null> {
  const opened = await attempt(async () => {
    const bucket = await theBuckets()?.open(BUCKET, { durability: 'strict', persisted: true });
    if (bucket === undefined) return null;
    const { Database: Opened } = await import('./database');
    return new Opened(user, bucket.indexedDB);
  });
  return opened.ok ? opened.value : null;
}

function whole<T>(db: Database, mode: 'r' | 'rw', work: () => Promise<T>): PromiseLike<T> {
  return db.transaction(mode, [db.a, db.b, db.c, db.d, db.clear], work);
}

async function eachTable<T>(
  read: (table: TableName) => PromiseLike<T>,
): Promise<Record<TableName, T>> {
  const [a, b, c, d] = await Promise.all(ALL.map(read));
  return { a, b, c, d } as Record<TableName, T>;
}

/** Which rows lie there, and in which wording. */
async function stampsIn(db: Database, table: TableName): Promise<Map<Id, string>> {
  const keys = await db[table].orderBy('[row+stamp]').keys();
  return new Map(keys as unknown as [Id, string][]);
}

interface Ahead {
  readonly changed: Rows;
  readonly gone: Readonly<Record<TableName, readonly Id[]>>;
  readonly clear: readonly ClearRow[];
}

/** What the store has and its second home has not, in one consistent look. */
async function aheadOf(store: Database, mirror: Database): Promise<Ahead> {
  const there = await whole(mirror, 'r', () => eachTable((table) => stampsIn(mirror, table)));
  return whole(store, 'r', async () => {
    const here = await eachTable((table) => stampsIn(store, table));
    const changed = await eachTable(async (table) => {
      const ids = [...here[table]].filter(([row, stamp]) => there[table].get(row) !== stamp);
      const rows = await store[table].bulkGet(ids.map(([row]) => row));
      return rows.filter((row) => row !== undefined);
    });
    const gone = await eachTable((table) =>
      Promise.resolve([...there[table].keys()].filter((row) => !here[table].has(row))),
    );
    return { changed, gone, clear: await store.clear.toArray() };
  });
}

/** Take over what the other has; its locks and all that lies in clear as they are there. */
function takeOver(
  db: Database,
  { changed, gone, clear }: Ahead,
  mayI = (): PromiseLike<boolean> => Promise.resolve(true),
): PromiseLike<void> {
  return whole(db, 'rw', async () => {
    if (!(await mayI())) return;
    for (const table of ALL) {
      await db[table].bulkDelete([...gone[table]]);
      await db[table].bulkPut([...changed[table]]);
    }
    await db.clear.clear();
    await db.clear.bulkPut([...clear]);
  });
}

function inWords(clear: readonly ClearRow[]): string {
  return JSON.stringify(clear, (_key, value: unknown) =>
    value instanceof ArrayBuffer ? Array.from(new Uint8Array(value)) : value,
  );
}

export class Mirror {
  readonly #user: Id;
  readonly #store: Database;
  #home: Promise<Database | null> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #soon: Timer | null = null;
  #ended = false;

  constructor(store: Database, user: Id) {
    this.#store = store;
    this.#user = user;
  }

  /** One after another. What fails here failed beside the store: nobody loses anything by it yet. */
  #inTurn(work: (home: Database) => PromiseLike<void>): Promise<void> {
    const mine = this.#last.then(async () => {
      if (this.#ended) return;
      this.#home ??= open(this.#user);
      const home = await this.#home;
      if (home !== null) await attempt(() => work(home), home);
    });
    this.#last = mine;
    return mine;
  }

  /** What was written just now. What the server has as well follows later. */
  async write(writes: readonly Written[]): Promise<void> {
    if (theBuckets() === null) return;
    const own = writes.filter(({ table }) => AT_ONCE.includes(table));
    if (own.length === 0) return;
    await this.#inTurn((home) =>
      home.transaction('rw', home.b, home.c, async () => {
        for (const table of AT_ONCE) {
          const rows = own.filter((write) => write.table === table);
          await home[table].bulkDelete(rows.flatMap(({ row, sealed }) => (sealed ? [] : [row])));
          await home[table].bulkPut(rows.flatMap(({ sealed }) => sealed ?? []));
        }
      }),
    );
  }

  /** Something was written, here or in another tab: bring all of it in line, in a moment. */
  followSoon(): void {
    if (this.#ended || this.#soon !== null || theBuckets() === null) return;
    this.#soon = ports.timers.set(() => {
      this.#soon = null;
      void this.#inTurn((home) => this.#follow(home));
    }, SOON);
  }

  async #follow(home: Database): Promise<void> {
    const ahead = await aheadOf(this.#store, home);
    await takeOver(home, ahead);
    // What was destroyed meanwhile must not stay here.
    const now = await this.#store.clear.toArray();
    if (inWords(now) !== inWords(ahead.clear)) this.followSoon();
  }

  close(): void {
    this.#ended = true;
    if (this.#soon !== null) ports.timers.clear(this.#soon);
    void this.#home?.then((home) => {
      home?.close();
    });
  }
}

/** Take the second home of this account's store away. */
export async function takeMirrorAway(user: Id): Promise<void> {
  const home = await open(user);
  if (home !== null) await attempt(() => home.delete());
}

/** Do what destroys something in the store: neither before nor after does it lie in the second home. */
export async function withoutMirror<T>(user: Id, destroy: () => Promise<T>): Promise<T> {
  await takeMirrorAway(user);
  const done = await destroy();
  // What was on its way there meanwhile.
  await takeMirrorAway(user);
  return done;
}

/** The store is gone though nobody took it away: put back what lies in its second home, if anything. */
export async function bringBack(user: Id): Promise<void> {
  const home = await open(user);
  if (home === null) return;
  await inClear(user, async (store) => {
    const kept = await whole(home, 'r', async () => ({
      changed: await eachTable((table) => home[table].toArray()),
      gone: { a: [], b: [], c: [], d: [] },
      clear: await home.clear.toArray(),
    }));
    // Without its locks it is only half of a store, which never came to be whole.
    if (!kept.clear.some(({ key }) => key === 'locks')) return;
    // Another tab may have put it back from its memory, or have begun anew.
    await takeOver(store, kept, async () => (await store.clear.count()) === 0);
  });
  home.close();
}
