/** What a DataTable computes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterRows, sortRows, toCsv, type Column } from '../../src/ui/table';

interface Street {
  name: string;
  doors: number | null;
}
const columns: Column<Street>[] = [
  { key: 'name', header: 'Straat', value: (row) => row.name },
  { key: 'doors', header: 'Deuren', value: (row) => row.doors, numeric: true },
];
const rows: Street[] = [
  { name: 'Wilgenhof 10', doors: 24 },
  { name: 'wilgenhof 2', doors: null },
  { name: 'Één', doors: 3 },
];
const names = (some: Street[]): string[] => some.map((row) => row.name);

describe('sorting', () => {
  test('reads numbers in names and ignores case and accents', () => {
    const sorted = sortRows(rows, columns, { key: 'name', descending: false });
    expect(names(sorted)).toEqual(['Één', 'wilgenhof 2', 'Wilgenhof 10']);
  });

  test('puts empty cells last in both directions', () => {
    for (const descending of [true, false]) {
      expect(names(sortRows(rows, columns, { key: 'doors', descending })).at(-1)).toBe(
        'wilgenhof 2',
      );
    }
  });

  test('keeps every row', () => {
    const street = fc.record({ name: fc.string(), doors: fc.option(fc.integer()) });
    fc.assert(
      fc.property(fc.array(street), fc.boolean(), (some, descending) => {
        const sorted = sortRows(some, columns, { key: 'doors', descending });
        expect(new Set(sorted)).toEqual(new Set(some));
        expect(sorted).toHaveLength(some.length);
      }),
    );
  });
});

test('filtering wants every word, in any column', () => {
  expect(names(filterRows(rows, columns, 'WILG 24'))).toEqual(['Wilgenhof 10']);
  expect(names(filterRows(rows, columns, 'een'))).toEqual(['Één']);
  expect(filterRows(rows, columns, '  ')).toHaveLength(3);
});

test('a cell never becomes a formula, a quote or a new line of the file', () => {
  const csv = toCsv([{ name: '=HYPERLINK("x")', doors: -1 }], columns);
  expect(csv).toBe('\ufeff"Straat";"Deuren"\r\n"\'=HYPERLINK(""x"")";-1\r\n');
});

test('a column can stay out of the file', () => {
  const [name, doors] = columns;
  expect(toCsv(rows.slice(0, 1), [{ ...name!, exported: false }, doors!])).toBe(
    '\ufeff"Deuren"\r\n24\r\n',
  );
});
