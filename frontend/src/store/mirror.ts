/**
 * The second home of a sealed store. Chromium keeps a site's databases in one log; killed in the
 * midst of a write it leaves half a record at its end, goes on behind that at the next start, and at
 * the start after it finds the log spoilt and throws all of it away. A bucket has a log of its own,
 * and one kill spoils one log at most. Other browsers have no buckets, and no such log.
 *
 * What lies here is sealed as it lies in the store. Before a lock is destroyed, and before a store is
 * taken away, this goes: nothing that was destroyed comes back from it.
 */
import { ports, within, type Timer } from '../lib/ports';
import { ok, type Result } from '../lib/result';
import type { ClearRow, Database } from './database';
import type { Id } from './dossiers';
import { inClear } from './in-clear';
import { attempt } from './problems';
import type { SealedRow, TableName } from './sealing';
import type { StoreProblem } from './types';

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
/** How long work in the store waits for its second home, which may not answer at all; milliseconds. */
const PATIENCE = 3_000;

function theBuckets(): Buckets | null {
  const here = globalThis as { navigator?: { storageBuckets?: Buckets } };
  return here.navigator?.storageBuckets ?? null;
}

/** Null where the browser has no buckets. */
function open(user: Id): Promise<Result<Database | null, StoreProblem>> {
  const opened = attempt(async () => {
    const bucket = await theBuckets()?.open(BUCKET, { durability: 'strict', persisted: true });
    if (bucket === undefined) return null;
    const { Database: Opened } = await import('./database');
    return new Opened(user, bucket.indexedDB);
  });
  return bounded(opened);
}

/** As long as work in a second home may take. */
export function bounded<T>(
  work: Promise<Result<T, StoreProblem>>,
): Promise<Result<T, StoreProblem>> {
  return within(PATIENCE, work, { ok: false, error: { kind: 'failed' } } as const);
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
  #home: Database | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #soon: Timer | null = null;
  #ended = false;

  constructor(store: Database, user: Id) {
    this.#store = store;
    this.#user = user;
  }

  #hasEnded(): boolean {
    return this.#ended;
  }

  /** One after another. What fails here failed beside the store: nobody loses anything by it yet. */
  #inTurn(work: (home: Database) => PromiseLike<void>): Promise<void> {
    const mine = this.#last.then(async () => {
      if (this.#hasEnded()) return;
      if (this.#home === null) {
        const opened = await open(this.#user);
        this.#home = opened.ok ? opened.value : null;
      }
      const home = this.#home;
      if (home === null) return;
      // Shut while its second home was being opened: close() had nothing to close yet.
      if (this.#hasEnded()) home.close();
      else {
        const done = await attempt(() => work(home), home);
        if (!done.ok && !this.#hasEnded()) home.mayOpenAgain();
      }
    });
    this.#last = mine;
    return mine;
  }

  /** What was written just now, and all that went. What the server has as well follows later. */
  async write(writes: readonly Written[]): Promise<void> {
    if (theBuckets() === null) return;
    const own = writes.filter(({ table, sealed }) => sealed === null || AT_ONCE.includes(table));
    if (own.length === 0) return;
    const written = this.#inTurn((home) =>
      whole(home, 'rw', async () => {
        for (const table of ALL) {
          const rows = own.filter((write) => write.table === table);
          await home[table].bulkDelete(rows.flatMap(({ row, sealed }) => (sealed ? [] : [row])));
          await home[table].bulkPut(rows.flatMap(({ sealed }) => sealed ?? []));
        }
      }),
    );
    await within(PATIENCE, written, undefined);
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
    // A store without its locks was lost a moment ago, and is not followed into that.
    if (!hasLocks(ahead.clear)) return;
    await takeOver(home, ahead);
    const now = await this.#store.clear.toArray();
    if (inWords(now) === inWords(ahead.clear)) return;
    // What was destroyed meanwhile must not stay here: without locks nothing is put back.
    await home.clear.clear();
    this.followSoon();
  }

  close(): void {
    this.#ended = true;
    if (this.#soon !== null) ports.timers.clear(this.#soon);
    this.#home?.close();
  }
}

/** Is this a whole store, or only a row of one? */
export function hasLocks(clear: readonly ClearRow[]): boolean {
  return clear.some(({ key }) => key === 'locks');
}

/** Work on the second home of this account's store; nothing is done where the browser has no buckets. */
export async function atHome(
  user: Id,
  work: (home: Database) => Promise<Result<void, StoreProblem>>,
): Promise<Result<void, StoreProblem>> {
  const opened = await open(user);
  if (!opened.ok) return opened;
  return opened.value === null ? ok(undefined) : work(opened.value);
}

/** Take the second home of this account's store away. */
export function takeMirrorAway(user: Id): Promise<Result<void, StoreProblem>> {
  return atHome(user, async (home) => {
    // Emptied first: that no other tab can hold back, as it can the end of a database.
    const emptied = await bounded(
      attempt(() =>
        whole(home, 'rw', async () => {
          for (const table of [home.a, home.b, home.c, home.d, home.clear]) await table.clear();
        }),
      ),
    );
    await bounded(attempt(() => home.delete()));
    return emptied;
  });
}

/**
 * Do what destroys something in the store: neither before nor after does it lie in the second home.
 * On a problem there nothing is destroyed.
 */
export async function withoutMirror<T>(
  user: Id,
  destroy: () => Promise<Result<T, StoreProblem>>,
): Promise<Result<T, StoreProblem>> {
  const gone = await takeMirrorAway(user);
  if (!gone.ok) return gone;
  const done = await destroy();
  // What was on its way there meanwhile.
  await takeMirrorAway(user);
  return done;
}

/** The store is gone though nobody took it away: put back what lies in its second home, if anything. */
export function bringBack(user: Id): Promise<Result<void, StoreProblem>> {
  return atHome(user, async (home) => {
    const done = await bounded(inClear(user, (store) => putBack(store, home)));
    home.close();
    return done;
  });
}

async function putBack(store: Database, home: Database): Promise<void> {
  const kept = await whole(home, 'r', async () => ({
    changed: await eachTable((table) => home[table].toArray()),
    gone: { a: [], b: [], c: [], d: [] },
    clear: await home.clear.toArray(),
  }));
  // Without its locks it is only half of a store, which never came to be whole.
  if (!hasLocks(kept.clear)) return;
  // Another tab may have put it back from its memory, or have begun anew.
  await takeOver(store, kept, async () => !(await isBegun(store)));
}

/** Is this a store that somebody opened once? A lease alone may lie where one was lost. */
async function isBegun(store: Database): Promise<boolean> {
  const clear = await store.clear.toArray();
  return hasLocks(clear) || clear.some(({ key }) => key === 'device');
}
