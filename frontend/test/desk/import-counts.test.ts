/** What an import says of a list: its figures add up, and every screen gives the same ones. */
import { render, screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import ImportPreview from '../../src/features/territory/desk/ImportPreview.svelte';
import ImportWritten from '../../src/features/territory/desk/ImportWritten.svelte';
import type { ImportResult } from '../../src/features/territory/desk/requests';
import { loadStrings } from '../../src/lib/i18n.svelte';

const found = (counts: Partial<ImportResult>): ImportResult => ({
  read: 0,
  imported: 0,
  changed: 0,
  unchanged: 0,
  doubles: 0,
  refused: 0,
  columns: {},
  ignored: [],
  sample: [],
  refusals: [],
  ...counts,
});
const MIXED = found({ read: 15, imported: 5, changed: 1, unchanged: 4, doubles: 3, refused: 2 });
const acts = { jobId: 'j', onconfirm: () => undefined, onstop: () => undefined };

const text = (): string => document.body.textContent.replaceAll(/\s+/g, ' ');
const figure = (word: string): number => Number(new RegExp(`${word}: (\\d+)`).exec(text())?.[1]);

beforeAll(() => loadStrings('nl'));

describe('the figures of an import', () => {
  test.each([
    ['before', () => render(ImportPreview, { result: MIXED, ...acts })],
    ['after', () => render(ImportWritten, { result: MIXED, jobId: 'j' })],
  ])('add up to what was read, and the list of rows left out has as many, %s', (_, show) => {
    show();
    const parts = ['Nieuw', 'Veranderd', 'Al bekend', 'Niet overgenomen'].map(figure);
    expect(parts).toEqual([5, 1, 4, 5]);
    expect(figure('Gelezen')).toBe(15);
    expect([figure('dubbel'), figure('met een fout')]).toEqual([3, 2]);
    expect(screen.getByText('5 regels zijn niet overgenomen')).toBeTruthy();
  });

  test('do not say that all of a list is here when no row of it could be taken', () => {
    render(ImportPreview, { result: found({ read: 2, refused: 2 }), ...acts });
    expect(text()).not.toContain('staat er al');
    expect(text()).toContain('In deze lijst staat niets nieuws. Er hoeft niets te gebeuren.');
  });

  test('of a BAG extract come with its day and what of it is past, and name who is left out', () => {
    const refusals = [{ line: 3, reasons: ['not-built'], bag_id: '9990200000000003' }];
    const extract = { format: 'bag-extract', as_of: '2025-09-15', past: 4 } as const;
    render(ImportPreview, { result: found({ ...MIXED, ...extract, refusals }), ...acts });
    expect(text()).toContain('De gegevens zijn van maandag 15 september 2025.');
    expect(text()).toContain('4 adressen gelden nu niet en zijn overgeslagen.');
    const row = screen.getByRole('row', { name: /9990200000000003/ });
    expect(row.textContent).toContain('Hier is volgens de BAG nog niets gebouwd.');
    expect(screen.getByText('5 adressen zijn niet overgenomen')).toBeTruthy();
    expect(text()).not.toMatch(/regel/i);
  });

  test('of a plain list speak of no extract', () => {
    render(ImportPreview, { result: MIXED, ...acts });
    expect(text()).not.toContain('BAG-extract');
  });

  test('say so when all of it is here, doubles or not', () => {
    render(ImportPreview, { result: found({ read: 3, unchanged: 2, doubles: 1 }), ...acts });
    expect(text()).toContain('Alles in deze lijst staat er al.');
  });
});
