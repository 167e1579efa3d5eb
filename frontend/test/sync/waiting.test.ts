/** What the outbox lists: doors and kinds, never what was typed, never a concern. */
import { describe, expect, test } from 'vitest';
import { groupWaiting, unnamed } from '../../src/features/sync/phone/waiting';
import { valueWords } from '../../src/features/sync/phone/values';
import type { OutboxLine } from '../../src/store/live.svelte';
import type { MutationKind } from '../../src/store/mutations';

function line(kind: MutationKind, dossier_id: string, minute: number): OutboxLine {
  const made_at = `2026-02-03T13:0${String(minute)}:00Z`;
  return { id: `${kind}${String(minute)}`, dossier_id, kind, made_at, state: 'waiting', code: '' };
}

describe('the groups of the outbox', () => {
  test('take what belongs to one door and kind together, since the first of it', () => {
    const groups = groupWaiting([
      line('note.add', 'household', 1),
      line('visit.record', 'stop', 2),
      line('domain.assess', 'household', 3),
    ]);
    expect(groups).toEqual([
      {
        key: 'household talk',
        dossierId: 'household',
        word: 'talk',
        count: 2,
        since: '2026-02-03T13:01:00Z',
      },
      {
        key: 'stop door',
        dossierId: 'stop',
        word: 'door',
        count: 1,
        since: '2026-02-03T13:02:00Z',
      },
    ]);
  });

  test('name neither a worry nor what a volunteer said about the day, but count them', () => {
    const groups = groupWaiting([
      line('debrief.record', 'stop', 1),
      line('concern.raise', 'concern', 2),
    ]);
    expect(groups).toEqual([]);
    expect(unnamed(2, groups)).toBe(2);
  });
});

test('values of the wire read as words', () => {
  expect(valueWords('help_wanted')).toBe('graag hulp');
  expect(valueWords('2026-02-10')).toBe('di 10 feb');
  expect(valueWords({ date: '2026-02-10', day_part: 'evening' })).toBe('di 10 feb, avond');
  expect(valueWords({})).toBe('niets');
  expect(valueWords(null)).toBe('niets');
  expect(valueWords(true)).toBe('Ja');
  expect(valueWords('eigen woorden')).toBe('eigen woorden');
});
