/** An address list on its way in, against a server that answers as agreed. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Importing } from '../../src/features/territory/desk/importing.svelte';
import type { Job } from '../../src/features/territory/desk/requests';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts, type SeededPorts } from '../../src/lib/ports-seeded';

const counts = { read: 3, imported: 2, changed: 0, unchanged: 0, doubles: 0, refused: 1 };
const job = (change: Partial<Job>): Job => ({
  id: 'j',
  kind: 'address_import',
  state: 'running',
  done: 1,
  total: 3,
  expected_at: null,
  awaits: '',
  result: {},
  problem: null,
  ...change,
});

let answers: (Job | null)[] = [];
let asked: string[] = [];
let ports: SeededPorts;
let restore: () => void;

beforeEach(() => {
  answers = [];
  asked = [];
  ports = seededPorts(1, new Date('2026-02-03T13:00:00Z'), (url, init) => {
    asked.push(`${init?.method ?? 'GET'} ${url.replace(/^.*\/v1/, '')}`);
    const next = answers.shift() ?? null;
    if (next === null) return Promise.reject(new TypeError('no network'));
    return Promise.resolve(Response.json(next));
  });
  restore = replacePorts(ports);
});
afterEach(() => {
  restore();
});

async function wait(): Promise<void> {
  ports.advance(1_000);
  await vi.waitFor(() => undefined);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('importing', () => {
  test('looks first, writes when told to, and follows the job', async () => {
    const list = new Importing();
    answers = [job({}), job({ done: 3, state: 'done', result: counts, awaits: 'confirmation' })];
    await list.send(new File(['x'], 'a.csv'));
    expect(list.phase).toBe('looking');
    await wait();
    expect(list.phase).toBe('preview');
    expect(list.result?.refused).toBe(1);
    answers = [job({ state: 'done', result: counts })];
    await list.confirm();
    expect(list.phase).toBe('written');
    expect(asked).toEqual([
      'POST /address-imports',
      'GET /jobs/j',
      'POST /address-imports/j/confirmation',
    ]);
  });

  test('goes on following when the line is lost for a moment', async () => {
    const list = new Importing();
    answers = [job({}), null, job({ state: 'done', result: counts })];
    await list.send(new File(['x'], 'a.csv'));
    await wait();
    expect(list.phase).toBe('looking');
    expect(list.problem?.kind).toBe('offline');
    await wait();
    expect(list.phase).toBe('preview');
    expect(list.problem).toBeNull();
  });

  test('says why a list was refused, and that somebody stopped it', async () => {
    const list = new Importing();
    const problem = { status: 400, code: 'unreadable-list', title: '', detail: 'Nee', errors: [] };
    answers = [job({ state: 'failed', problem: { kind: 'problem', ...problem } })];
    await list.send(new File(['x'], 'a.csv'));
    expect([list.phase, list.problem?.code]).toEqual(['stopped', 'unreadable-list']);
    answers = [job({ state: 'cancelled' })];
    await list.send(new File(['x'], 'a.csv'));
    expect([list.phase, list.cancelled]).toEqual(['stopped', true]);
  });

  test('asks no more once the screen is left', async () => {
    const list = new Importing();
    answers = [job({})];
    await list.send(new File(['x'], 'a.csv'));
    list.reset();
    await wait();
    expect(asked).toEqual(['POST /address-imports']);
  });
});
