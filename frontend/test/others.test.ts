/** Whose phone this was: what they left is closed in time, and what waits in it arrives all the same. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { bareBehind, waitingBehind } from '../src/session/handing-over';
import { keepLease, leave, meet, openByWords, opening, shut } from '../src/session/opening.svelte';
import { handOverOwn, keepOthers } from '../src/session/others';
import { currentStore } from '../src/store/current';
import { identityOf } from '../src/store/identity';
import { locksOf } from '../src/store/keyring';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { ME, must, newPhone, STOP, type Phone } from './phone';
import { serverKey } from './server-key';
import { begun, wordList } from './words';

const OTHER = '0a000000-0000-4000-8000-000000000002';
const HOUR = 3_600_000;

let phone: Phone;
let line: boolean;
let sent: { why: string; boxes: { id: string }[] }[];

const pass = (hours: number): void => {
  (ports as SeededPorts).advance(hours * HOUR);
};

function answer(url: string, init?: RequestInit): Promise<Response> {
  if (url.includes('dutch')) return wordList();
  if (!line) return Promise.reject(new TypeError('line cut'));
  if (!url.endsWith('/v1/sealed-boxes')) return phone.server.fetch(url, init);
  const body = JSON.parse(init?.body as string) as (typeof sent)[number];
  sent.push(body);
  const outcomes = body.boxes.map(({ id }) => ({ id, outcome: 'quarantined', code: '' }));
  const headers = { 'Content-Type': 'application/json' };
  return Promise.resolve(new Response(JSON.stringify({ outcomes }), { headers }));
}

/** Said at a door by whoever works here. */
const says = (): Promise<unknown> =>
  must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));

beforeEach(async () => {
  localStorage.clear();
  phone = await newPhone();
  leave();
  line = true;
  sent = [];
  ports.network.fetch = answer;
  const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
}, 60_000);

afterEach(leave);

/** Somebody with unsent work left, and another one took over. */
async function leftTo(): Promise<void> {
  await begun();
  await must(syncOnce(currentStore()!));
  await says();
  line = false;
  leave();
  await begun(OTHER);
}

it('closes to reading in time, though somebody else works here', async () => {
  await leftTo();
  pass(71);
  await keepOthers();
  expect(await must(locksOf(ME))).toHaveLength(1);
  pass(1);
  await keepOthers();
  expect(await must(locksOf(ME))).toEqual([]);
  expect(await waitingBehind(ME)).toBe(1);
  expect(currentStore()?.accountId).toBe(OTHER);
}, 60_000);

it('hands over what waits once there is a line, and is gone then', async () => {
  await leftTo();
  pass(72);
  line = true;
  await keepOthers();
  expect(sent.map(({ why, boxes }) => [why, boxes.length])).toEqual([['lapsed', 1]]);
  expect(await must(identityOf(ME))).toBeNull();
  await keepOthers();
  expect(sent).toHaveLength(1);
}, 60_000);

it('asks no more once the server said no, and keeps what waits', async () => {
  await leftTo();
  pass(72);
  let asked = 0;
  ports.network.fetch = () => {
    asked += 1;
    const problem = { status: 403, code: 'device-unknown', title: '', detail: '' };
    const headers = { 'Content-Type': 'application/problem+json' };
    return Promise.resolve(new Response(JSON.stringify(problem), { status: 403, headers }));
  };
  await keepOthers();
  await keepOthers();
  expect(asked).toBe(1);
  expect(await waitingBehind(ME)).toBe(1);
}, 60_000);

it('leaves alone who works here', async () => {
  const words = await begun();
  await must(syncOnce(currentStore()!));
  shut();
  pass(72);
  await keepOthers();
  expect(sent).toEqual([]);
  expect(await must(locksOf(ME))).toHaveLength(1);
  await must(openByWords(words));
}, 60_000);

it('of who works at a desk from now on goes to the server at once', async () => {
  await begun();
  await must(syncOnce(currentStore()!));
  await says();
  leave();
  await handOverOwn(ME);
  expect(sent.map(({ boxes }) => boxes.length)).toEqual([1]);
  expect(await must(identityOf(ME))).toBeNull();
}, 60_000);

it('stays where its user has a desk now, while it holds what no server can open', async () => {
  line = false;
  await begun();
  await says();
  leave();
  line = true;
  await handOverOwn(ME);
  expect(await bareBehind(ME)).toBe(1);
  expect(await must(locksOf(ME))).toHaveLength(1);
}, 60_000);

it('is not closed while it holds what no server can open: only its words can still send it', async () => {
  line = false;
  const words = await begun();
  await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
  expect(await bareBehind(ME)).toBe(1);
  pass(400);
  await keepLease();
  expect(opening()).toBe('open');
  leave();
  await keepOthers();
  expect(await must(locksOf(ME))).toHaveLength(1);
  await meet(ME);
  await must(openByWords(words));
  line = true;
  await must(syncOnce(currentStore()!));
  expect(await bareBehind(ME)).toBe(0);
}, 60_000);
