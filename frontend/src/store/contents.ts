/**
 * What the open phone holds, unsealed and indexed in memory. It follows the disk: whatever another
 * tab wrote is read and unsealed before anything is answered or decided.
 */
import type { Copy } from './copies';
import type { Database } from './database';
import type { Dossier, Id } from './dossiers';
import { formAt, holdsWords } from './forms';
import { Memory, TABLES, type Fact } from './memory';
import { StoreGoneError } from './problems';
import { unseal, type SealedRow, type TableName } from './sealing';
import type { MetaKey, OutboxEntry } from './types';
import type { Sealed, Values } from './unsealing';
import { refuseNewer } from './upcasting';

interface Kept {
  a: Dossier;
  b: OutboxEntry;
  c: Fact;
  d: Copy;
}

const FIRST_REVISION = 0;

interface Found {
  readonly revision: number;
  readonly rows: readonly { table: TableName; changed: readonly SealedRow[]; gone: Id[] }[];
}

/** What was read and unsealed while the store was opened. */
export interface Before {
  readonly sealed: Sealed;
  readonly values: Values;
}

export class Contents extends Memory {
  revision = FIRST_REVISION;
  readonly #db: Database;
  readonly #key: CryptoKey;
  readonly #user: Id;
  readonly #unboxed = new Set<MetaKey>();

  constructor(db: Database, key: CryptoKey, user: Id, before: Before | null) {
    super();
    this.#db = db;
    this.#key = key;
    this.#user = user;
    if (before === null) return;
    const { sealed, values } = before;
    const rows = TABLES.map((table) => ({ table, changed: sealed.tables[table], gone: [] }));
    this.#keep(
      { revision: sealed.revision, rows },
      TABLES.map((table) => values[table]),
    );
    // Nobody read anything yet: there is nobody to tell.
    this.takeTouched();
  }

  /** Is all that lay on the disk here? Before that, a reader must ask for `refresh()` first. */
  get whole(): boolean {
    return this.revision > FIRST_REVISION;
  }

  /** Half-filled forms that lie on the disk without a box for the server. */
  get unboxed(): Fact[] {
    return [...this.#unboxed].flatMap((key) => this.shelves.c.get(key) ?? []);
  }

  /** Notes whether the form in this row has a box for the server. */
  noteBox({ escrow }: SealedRow, { key, value }: Fact): void {
    if (escrow === undefined && formAt(key) !== null && holdsWords(value)) this.#unboxed.add(key);
    else this.#unboxed.delete(key);
  }

  /** Read what other tabs wrote since; throws StoreGoneError. Calls must not overlap. */
  async refresh(): Promise<void> {
    const found = await this.#readDisk();
    if (found !== null) await this.#take(found);
  }

  /** Everything is unsealed before anything is put: who reads meanwhile sees no half of it. */
  async #take(found: Found): Promise<void> {
    const { rows } = found;
    for (const { changed } of rows) refuseNewer(changed);
    const values = await Promise.all(
      rows.map(({ table, changed }) =>
        Promise.all(changed.map((row) => unseal(this.#key, { user: this.#user, table }, row))),
      ),
    );
    this.#keep(found, values);
  }

  #keep({ revision, rows }: Found, values: readonly (readonly unknown[])[]): void {
    rows.forEach(({ table, changed, gone }, at) => {
      changed.forEach((sealed, index) => {
        const value = values[at]?.[index] as Kept[typeof table] | undefined;
        this.put(table, sealed.row, sealed.stamp, value);
        if (table === 'c' && value !== undefined) this.noteBox(sealed, value as Fact);
      });
      for (const row of gone) this.take(table, row);
    });
    this.revision = revision;
  }

  /** One consistent look: null when nobody wrote. Nothing is unsealed inside the transaction. */
  #readDisk(): Promise<Found | null> {
    const { a, b, c, d, clear } = this.#db;
    return this.#db.transaction('r', [a, b, c, d, clear], async () => {
      const revision = await revisionOf(this.#db);
      if (revision === this.revision) return null;
      // It only ever goes up: this is an empty store, or an older one.
      if (revision < this.revision) throw new StoreGoneError();
      const rows = await Promise.all(
        TABLES.map(async (table) => {
          // Keys of the index only: the boxes that did not change stay where they are.
          const keys = await this.#db[table].orderBy('[row+stamp]').keys();
          const { changed, gone } = this.shelves[table].compare(keys as unknown as [Id, string][]);
          const boxes = await this.#db[table].bulkGet(changed);
          return { table, changed: boxes.filter((box) => box !== undefined), gone };
        }),
      );
      return { revision, rows };
    });
  }
}

/** Read everything as it lies there. */
export function sealedOf(db: Database, user: Id): Promise<Sealed> {
  return db.transaction('r', [db.a, db.b, db.c, db.d, db.clear], async () => {
    const [revision, a, b, c, d] = await Promise.all([
      revisionOf(db),
      db.a.toArray(),
      db.b.toArray(),
      db.c.toArray(),
      db.d.toArray(),
    ]);
    return { user, revision, tables: { a, b, c, d } };
  });
}

/** Counts the commits of all tabs; lies in clear. */
export async function revisionOf(db: Database): Promise<number> {
  return Number((await db.clear.get('revision'))?.value ?? FIRST_REVISION);
}
