/** What cannot wait stands first in quarantine, whatever page it came on. */
import { expect, test } from 'vitest';
import { contentLines, isForm } from '../../src/features/sync/desk/words';
import { readQuarantine } from '../../src/features/sync/desk/requests';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';

test('urgent first, else the oldest as the server gives them', async () => {
  const pages = [
    {
      items: [
        { id: 'a', urgent: false },
        { id: 'b', urgent: true },
      ],
      next: 'k',
    },
    {
      items: [
        { id: 'c', urgent: false },
        { id: 'd', urgent: true },
      ],
      next: '',
    },
  ];
  const json = { headers: { 'Content-Type': 'application/json' } };
  const ports = seededPorts(1, new Date('2026-02-03T13:00:00Z'), () =>
    Promise.resolve(new Response(JSON.stringify(pages.shift()), json)),
  );
  const restore = replacePorts(ports);
  const read = await readQuarantine();
  restore();
  expect(read.ok && read.value.map(({ id }) => id)).toEqual(['b', 'd', 'a', 'c']);
});

test('half a form is told from work that can be processed, and read without its ids', () => {
  expect(['draft.worry', 'draft.newer', 'handover.offer', 'sealed'].map(isForm)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const body = { team_ids: ['team'], address_id: 'door', why: 'Drie brieven van', domains: null };
  expect(contentLines(body).map(({ value }) => value)).toEqual(['Drie brieven van']);
});
