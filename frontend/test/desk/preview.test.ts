/** The figures beside "Ronde maken": what the server counts for what is chosen now. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { Preview } from '../../src/features/visits/desk/preview.svelte';
import { previewRound, type NewRound } from '../../src/features/visits/desk/requests';
import { loadStrings } from '../../src/lib/i18n.svelte';
import { ok } from '../../src/lib/result';

vi.mock('../../src/features/visits/desk/requests', () => ({ previewRound: vi.fn() }));
const asked = vi.mocked(previewRound);
const body: NewRound = {
  date: '2026-02-03',
  day_part: 'afternoon',
  pair: [],
  streets: [{ city: 'Wilgendam', street: 'Wilgenhof' }],
  most_doors: 25,
  letter_reason: '',
};

beforeAll(() => loadStrings('nl'));

describe('the preview of a round', () => {
  test('promises no more doors than fit, and says why there are fewer', async () => {
    asked.mockResolvedValueOnce(ok({ to_do: 12, fits: 8 }));
    const preview = new Preview('c');
    await preview.look(body);
    expect(preview.words(25)).toMatch(
      /^8 deuren in deze ronde, van 12 die nog te doen zijn\. 4 deuren/,
    );
    expect(preview.words(5)).toMatch(/^5 deuren/);
  });

  test('says nothing without streets, and drops a late answer', async () => {
    const preview = new Preview('c');
    let late: (value: Awaited<ReturnType<typeof previewRound>>) => void = () => undefined;
    asked.mockReturnValueOnce(new Promise((resolve) => (late = resolve)));
    const first = preview.look(body);
    await preview.look({ ...body, streets: [] });
    late(ok({ to_do: 12, fits: 8 }));
    await first;
    expect(preview.words(25)).toBe('');
  });
});
