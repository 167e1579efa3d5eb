/**
 * What the open phone holds, in the clear and indexed, as long as it is open. Where it comes from,
 * and whether it lies anywhere else, this does not know.
 */
import type { Copy } from './copies';
import type { Dossier, DossierKind, Id, Instant } from './dossiers';
import type { TableName } from './sealing';
import { Shelf } from './shelf';
import type { MetaKey, OutboxEntry, View } from './types';

/** A fact about this phone. */
export interface Fact {
  readonly key: MetaKey;
  readonly value: string;
}

/** What a reading leans on, and a change touches: `b`, `c:receipt`, `kind:stop`, `a:<id>`, `a`, `d`, `loose`. */
export type Topic = string;

export const TABLES = ['a', 'b', 'c', 'd'] as const;

function topicsOf(table: TableName, value: unknown): Topic[] {
  if (table === 'b' || table === 'd') return [table];
  if (table === 'c') return [`c:${(value as Fact).key}`];
  const { id, kind } = value as Dossier;
  return ['a', `a:${id}`, `kind:${kind}`];
}

export class Memory {
  readonly shelves = {
    a: new Shelf<Dossier>(({ id }) => id),
    b: new Shelf<OutboxEntry>(({ seq }) => String(seq)),
    c: new Shelf<Fact>(({ key }) => key),
    d: new Shelf<Copy>(({ id }) => id),
  };
  #loose: readonly Instant[] = [];
  #touched = new Set<Topic>();

  /** Remember what a row says now; `undefined` says that its box does not open. */
  put(table: TableName, row: Id, stamp: string, value: unknown): void {
    const shelf = this.shelves[table] as Shelf<unknown>;
    const before = value === undefined ? shelf.spoil(row, stamp) : shelf.put(row, stamp, value);
    this.#touch(table, before, value);
  }

  take(table: TableName, row: Id): void {
    this.#touch(table, (this.shelves[table] as Shelf<unknown>).take(row));
  }

  #touch(table: TableName, ...values: unknown[]): void {
    for (const value of values) {
      if (value === undefined) continue;
      for (const topic of topicsOf(table, value)) this.#touched.add(topic);
    }
  }

  /** The topics that changed since this was last asked. */
  takeTouched(): ReadonlySet<Topic> {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  /** When the loose notes were kept that wait here. */
  get loose(): readonly Instant[] {
    return this.#loose;
  }

  noteLoose(kept: readonly Instant[]): void {
    if (kept.join() === this.#loose.join()) return;
    this.#loose = kept;
    this.#touched.add('loose');
  }

  /** How many boxes on this phone do not open. */
  get spoilt(): number {
    return TABLES.reduce((sum, table) => sum + this.shelves[table].spoilt, 0);
  }

  get entries(): OutboxEntry[] {
    return this.shelves.b.values().sort((one, other) => one.seq - other.seq);
  }

  get copies(): Copy[] {
    return this.shelves.d.values().sort((one, other) => one.seq - other.seq);
  }

  dossiersOf(kind: DossierKind): Dossier[] {
    return this.shelves.a.values().filter((dossier) => dossier.kind === kind);
  }

  get holdings(): Record<Id, string> {
    return Object.fromEntries(this.shelves.a.values().map(({ id, version }) => [id, version]));
  }

  view(): View {
    return {
      entries: this.entries,
      copies: this.copies,
      dossier: (id) => this.shelves.a.get(id),
      meta: (key) => this.shelves.c.get(key)?.value ?? null,
    };
  }
}
