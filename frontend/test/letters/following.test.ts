/** Previews and print runs, against a server that answers as agreed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LetterPreview, PAUSE_MILLISECONDS } from '../../src/features/letters/desk/preview.svelte';
import { canResume, Following, goesOn } from '../../src/features/letters/desk/printing.svelte';
import type { LetterBody, PrintJob, PrintRun } from '../../src/features/letters/desk/requests';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts, type SeededPorts } from '../../src/lib/ports-seeded';

const body = (word: string): LetterBody => ({
  recognition_word: word,
  waiting_days: 7,
  texts: { nl: 'Beste' },
  seen_at: null,
});
const job = (state: PrintJob['state'], done = 0): PrintJob => ({
  id: 'j',
  state,
  done,
  total: 6,
  problem: null,
});
const run = (change: Partial<PrintRun>): PrintRun => ({
  id: 'r',
  version: 1,
  ordering: 'walking',
  per_street: false,
  both_sides: true,
  pages: 2,
  letters: 6,
  made_at: '2026-02-03T12:00:00Z',
  finished_at: null,
  sent_on: null,
  ready: false,
  job: null,
  ...change,
});
const pages = (page: string): unknown => ({
  pages: [page],
  empty_fields: [],
  too_long: false,
  undrawn: '',
});
const problem = { status: 400, title: '', detail: '', code: 'invalid-input', errors: [] };

let answers: (() => Promise<Response>)[] = [];
let asked: string[] = [];
let ports: SeededPorts;
let restore: () => void;

beforeEach(() => {
  answers = [];
  asked = [];
  ports = seededPorts(1, new Date('2026-02-03T13:00:00Z'), (url, init) => {
    asked.push(`${init?.method ?? 'GET'} ${url.replace(/^.*\/v1/, '')}`);
    const next = answers.shift();
    return next === undefined ? Promise.reject(new TypeError('no network')) : next();
  });
  restore = replacePorts(ports);
});
afterEach(() => {
  restore();
});

const says = (value: unknown): (() => Promise<Response>) => {
  return () => Promise.resolve(Response.json(value));
};
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('the preview', () => {
  test('draws once, a moment after the last letter was typed', async () => {
    answers = [says(pages('b'))];
    const preview = new LetterPreview('c');
    preview.soon(body('a'));
    ports.advance(PAUSE_MILLISECONDS - 1);
    preview.soon(body('ab'));
    ports.advance(PAUSE_MILLISECONDS);
    await settled();
    expect(asked).toEqual(['POST /campaigns/c/letter-preview']);
    expect(preview.shown?.pages).toEqual(['b']);
    expect(preview.busy).toBe(false);
  });

  test('keeps the last pages while the text does not fit', async () => {
    const refused = new Response(JSON.stringify(problem), {
      status: 400,
      headers: { 'Content-Type': 'application/problem+json' },
    });
    answers = [says(pages('a')), () => Promise.resolve(refused), says(pages('c'))];
    const preview = new LetterPreview('c');
    await preview.look(body('a'));
    await preview.look(body('b'));
    expect([preview.shown?.pages, preview.problem?.code]).toEqual([['a'], 'invalid-input']);
    await preview.look(body('c'));
    expect([preview.shown?.pages, preview.problem]).toEqual([['c'], null]);
  });

  test('drops a late answer to an older question', async () => {
    let late: (answer: Response) => void = () => undefined;
    answers = [() => new Promise((resolve) => (late = resolve)), says(pages('new'))];
    const preview = new LetterPreview('c');
    const first = preview.look(body('a'));
    await settled();
    await preview.look(body('b'));
    late(Response.json(pages('old')));
    await first;
    expect(preview.shown?.pages).toEqual(['new']);
  });

  test('draws nothing more once the screen was left', () => {
    const preview = new LetterPreview('c');
    preview.soon(body('a'));
    preview.stop();
    ports.advance(PAUSE_MILLISECONDS * 2);
    expect(asked).toEqual([]);
  });
});

describe('a print run', () => {
  test('is followed until it ended, also over a line that is lost for a moment', async () => {
    const following = new Following();
    following.follow(run({ job: job('running', 1) }));
    for (const answer of [null, run({ job: job('running', 4) }), run({ job: job('done') })]) {
      if (answer !== null) answers = [says(answer)];
      ports.advance(1_000);
      await settled();
      await settled();
    }
    expect(following.latest(run({})).job?.state).toBe('done');
    ports.advance(10_000);
    await settled();
    expect(asked).toHaveLength(3);
  });

  test('is followed by itself: word of another run ends nothing', async () => {
    const following = new Following();
    following.follow(run({ id: 'old', job: job('running', 1) }));
    following.follow(run({ id: 'new', job: job('running', 1) }));
    following.follow(run({ id: 'sent', sent_on: '2026-02-03', job: job('done') }));
    ports.advance(1_000);
    await settled();
    expect(asked).toHaveLength(2);
  });

  test('is not followed any more once the screen was left, also by an answer on its way', async () => {
    let late: (answer: Response) => void = () => undefined;
    answers = [() => new Promise((resolve) => (late = resolve))];
    const following = new Following();
    following.follow(run({ job: job('running', 1) }));
    ports.advance(1_000);
    await settled();
    following.stop();
    late(Response.json(run({ job: job('running', 4) })));
    await settled();
    ports.advance(10_000);
    await settled();
    expect(asked).toHaveLength(1);
  });

  test('can be taken up when it stopped or its file is gone, and not while it goes on', () => {
    expect(canResume(run({ job: job('cancelled') }))).toBe(true);
    expect(canResume(run({ finished_at: '2026-02-03T12:00:00Z' }))).toBe(true);
    expect(canResume(run({ ready: true, job: job('done') }))).toBe(false);
    expect(canResume(run({ job: job('waiting') }))).toBe(false);
    expect(goesOn(run({ job: job('waiting') }))).toBe(true);
  });
});
