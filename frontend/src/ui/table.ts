/** What a DataTable computes: order, filter and the CSV file. Pure, so that it is tested as such. */
import { compareText, fold, postcodeWords } from '../lib/text';

export type CellValue = string | number | null;

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  /** What is sorted, searched and exported. */
  readonly value: (row: Row) => CellValue;
  /** How it reads on screen, where that differs from `value` (a date, a word). */
  readonly text?: (row: Row) => string;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  /** `false` keeps the column out of the exported file. */
  readonly exported?: boolean;
}

export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

export function shownText<Row>(column: Column<Row>, row: Row): string {
  return column.text?.(row) ?? String(column.value(row) ?? '');
}

function compare(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(String(a), String(b));
}

/** A new array; empty cells come last in both directions, equals keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): Row[] {
  const column = columns.find((one) => one.key === order?.key);
  if (!column || !order) return [...rows];
  const sign = order.descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const a = column.value(left);
    const b = column.value(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

/** Rows in which every word of the query occurs, whatever the column, case or accents. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  query: string,
): Row[] {
  const words = fold(postcodeWords(query)).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = fold(columns.map((column) => shownText(column, row)).join(' '));
    return words.every((word) => text.includes(word));
  });
}

/** Quote; a leading = + - @ gets an apostrophe, or a spreadsheet would run it as a formula. */
function csvCell(value: CellValue): string {
  if (typeof value === 'number') return String(value);
  const safe = (value ?? '').replace(/^[=+\-@\t\r]/, "'$&");
  return `"${safe.replaceAll('"', '""')}"`;
}

/** CSV as Dutch Excel opens it: byte order mark, semicolons, CRLF. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const exported = columns.filter((column) => column.exported !== false);
  const lines = [
    exported.map((column) => csvCell(column.header)),
    ...rows.map((row) => exported.map((column) => csvCell(column.value(row)))),
  ];
  return `\ufeff${lines.map((line) => line.join(';')).join('\r\n')}\r\n`;
}
