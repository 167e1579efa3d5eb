/**
 * Plays the recorded day. With VOORDEUR_RECORD=<version> it writes what the phone sent and what lay
 * on its disk to tests/sync/recorded/<version>, once for every release: docs/sync.md says how.
 */
import Dexie from 'dexie';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeStore } from '../../src/store/current';
import { must } from '../phone';
import { ModelServer } from '../model/server';
import { dossiersOn } from '../model/phones';
import { playDay, type Day } from './day';
import { diskOf } from './disk';

const PATIENCE = 60_000;
const VERSION = process.env['VOORDEUR_RECORD'];

let server: ModelServer;
let day: Day;
beforeAll(async () => {
  server = new ModelServer();
  day = await playDay(server);
}, PATIENCE);
afterAll(() => {
  server.stop();
});

function write(name: string, value: unknown): void {
  const folder = resolve(process.cwd(), '..', 'tests', 'sync', 'recorded', VERSION ?? '');
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, name), `${JSON.stringify(value, null, 1)}\n`);
}

test('the day says everything that a phone can say', () => {
  const { exchanges, names } = day;
  const said = exchanges.flatMap(({ request }) => request.mutations.map(({ kind }) => kind));
  // All there are, and one that only a newer app would say.
  expect(new Set(said).size).toBe(33);
  const outcomes = exchanges.flatMap(({ outcomes: lines }) => lines.map(({ outcome }) => outcome));
  expect(outcomes).toHaveLength(said.length);
  expect([...new Set(outcomes)].sort()).toEqual(['applied', 'conflicted', 'erased', 'quarantined']);
  if (VERSION !== undefined) write('queue.json', { version: VERSION, names, exchanges });
});

test('a disk holds entries in every state, and copies of what arrived', async () => {
  const { store, account } = day.phone;
  const entries = await must(store.entries());
  const states = entries.map(({ state, frozen, held }) => [state, frozen, held].join(' '));
  expect([...new Set(states)].sort()).toEqual([
    'set_aside true false',
    'waiting false false',
    'waiting false true',
    'waiting true false',
  ]);
  const copies = (await must(store.copyBoxes())).map(({ id }) => id);
  expect(copies.length).toBeGreaterThan(30);
  const held = { entries, copies, dossiers: await dossiersOn(store) };
  closeStore();
  const disk = await diskOf(`voordeur-sealed-${account}`, Dexie.dependencies);
  if (VERSION !== undefined) write('store.json', { version: VERSION, account, disk, held });
});
