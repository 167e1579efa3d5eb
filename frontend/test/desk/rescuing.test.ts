/** A rescue file in parts: each goes in alone, in order; what is refused keeps nothing else out. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { partsOf, rescueAll } from '../../src/features/sync/desk/rescuing';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';

let sent: string[];
let answers: (() => Promise<Response>)[];
let restore: () => void;

function reply(value: unknown, status: number): () => Promise<Response> {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  const headers = { 'Content-Type': type };
  return () => Promise.resolve(new Response(JSON.stringify(value), { status, headers }));
}

const taken = (count: number): (() => Promise<Response>) =>
  reply({ author: 'Anna de Wit', ids: Array.from({ length: count }, String) }, 200);
const refusal = reply({ code: 'invalid-input', title: '', detail: 'Geen reddingsbestand' }, 400);

beforeEach(() => {
  sent = [];
  answers = [];
  restore = replacePorts(
    seededPorts(1, new Date('2026-02-03T13:00:00Z'), async (_url, init) => {
      const file = (init?.body as FormData).get('file') as File;
      sent.push(await file.text());
      return (answers.shift() ?? taken(0))();
    }),
  );
});

afterEach(() => {
  restore();
});

test.each(['', 'no json', '[]', 'null', '{"parts":[]}', '{"why":"rescue","boxes":[]}'])(
  'what is not in parts goes as it is: %j',
  (text) => {
    expect(partsOf(text)).toEqual([text]);
  },
);

test('the parts go in one after the other, and each is told', async () => {
  const parts = partsOf('{"parts":[{"a":1},{"b":2}]}');
  answers = [taken(500), taken(20)];
  const told: number[] = [];
  const all = await rescueAll(parts, 'r.json', (number) => told.push(number));
  expect(sent).toEqual(['{"a":1}', '{"b":2}']);
  expect(told).toEqual([0, 1]);
  expect(all).toEqual({ author: 'Anna de Wit', count: 520, parts: 2, refused: [], unsent: [] });
});

test('a part that is refused is named, and the rest still goes in', async () => {
  answers = [taken(500), refusal, taken(20)];
  const all = await rescueAll(['1', '2', '3'], 'r.json', () => undefined);
  expect(sent).toEqual(['1', '2', '3']);
  expect(all.count).toBe(520);
  expect(all.refused.map(({ part, problem }) => [part, problem.code])).toEqual([
    [2, 'invalid-input'],
  ]);
});

test('without a line the rest is left for another time', async () => {
  answers = [taken(500), () => Promise.reject(new TypeError('line cut'))];
  const all = await rescueAll(['1', '2', '3', '4'], 'r.json', () => undefined);
  expect(sent).toEqual(['1', '2']);
  expect([all.refused.map(({ part }) => part), all.unsent]).toEqual([[2], [3, 4]]);
});
