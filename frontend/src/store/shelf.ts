/** One table in memory while the phone is open: what each row says, found by its own key. */
import type { Id } from './dossiers';

interface Kept<T> {
  readonly stamp: string;
  readonly key: string;
  readonly value: T;
}

export class Shelf<T> {
  readonly #rows = new Map<Id, Kept<T>>();
  readonly #places = new Map<string, Id>();
  /** Boxes that do not open: they stay on the disk, and are counted. */
  readonly #spoilt = new Map<Id, string>();
  readonly #keyOf: (value: T) => string;

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  get(key: string): T | undefined {
    return this.#rows.get(this.#places.get(key) ?? '')?.value;
  }

  get spoilt(): number {
    return this.#spoilt.size;
  }

  /** The row in which this key lies. */
  rowOf(key: string): Id | undefined {
    return this.#places.get(key);
  }

  /** Every row that opens, and what it says. */
  lines(): { row: Id; value: T }[] {
    return Array.from(this.#rows, ([row, { value }]) => ({ row, value }));
  }

  values(): T[] {
    return Array.from(this.#rows.values(), ({ value }) => value);
  }

  /** Put what a row says; gives what it said before. */
  put(row: Id, stamp: string, value: T): T | undefined {
    const before = this.take(row);
    const key = this.#keyOf(value);
    this.#rows.set(row, { stamp, key, value });
    this.#places.set(key, row);
    return before;
  }

  /** Take a row away; gives what it said. */
  take(row: Id): T | undefined {
    this.#spoilt.delete(row);
    const before = this.#rows.get(row);
    if (before === undefined) return undefined;
    this.#rows.delete(row);
    if (this.#places.get(before.key) === row) this.#places.delete(before.key);
    return before.value;
  }

  /** This row's box does not open. */
  spoil(row: Id, stamp: string): T | undefined {
    const before = this.take(row);
    this.#spoilt.set(row, stamp);
    return before;
  }

  /** Rows that another tab wrote, and rows that it took away, by what now lies on the disk. */
  compare(onDisk: readonly (readonly [Id, string])[]): { changed: Id[]; gone: Id[] } {
    const there = new Set(onDisk.map(([row]) => row));
    const known = (row: Id): string | undefined =>
      this.#rows.get(row)?.stamp ?? this.#spoilt.get(row);
    return {
      changed: onDisk.flatMap(([row, stamp]) => (known(row) === stamp ? [] : [row])),
      gone: [...this.#rows.keys(), ...this.#spoilt.keys()].filter((row) => !there.has(row)),
    };
  }
}
