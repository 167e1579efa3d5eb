/** The boxes of a whole store, opened at once. */
import type { Id } from './dossiers';
import { textOf, valueOf, type SealedRow, type TableName } from './sealing';

/** All that lies sealed on the disk, in one consistent look. Needs no key. */
export interface Sealed {
  readonly user: Id;
  readonly revision: number;
  readonly tables: Readonly<Record<TableName, readonly SealedRow[]>>;
}

type ByTable<T> = Readonly<Record<TableName, readonly T[]>>;
/** What each box says, in the place of its row; null where it does not open. */
export type Texts = ByTable<string | null>;
export type Values = ByTable<unknown>;

/** Every box opened, none in the way of another. */
export async function textsOf(key: CryptoKey, { user, tables }: Sealed): Promise<Texts> {
  const read = (table: TableName): Promise<(string | null)[]> =>
    Promise.all(tables[table].map((row) => textOf(key, { user, table }, row)));
  const [a, b, c, d] = await Promise.all([read('a'), read('b'), read('c'), read('d')]);
  return { a, b, c, d };
}

/** What the boxes say, in the shape of this version; undefined where one does not open. */
export function valuesOf({ tables }: Sealed, texts: Texts): Values {
  const read = (table: TableName): unknown[] =>
    tables[table].map((row, at) => valueOf(table, row, texts[table][at] ?? null));
  return { a: read('a'), b: read('b'), c: read('c'), d: read('d') };
}
