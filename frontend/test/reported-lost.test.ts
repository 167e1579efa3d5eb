/** A phone asks by itself whether it was reported lost, and asks again only once it was answered. */
import { beforeEach, expect, it } from 'vitest';
import type { SealedBoxes } from '../src/api/boxes';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { giveUpOthers, mustGiveUp } from '../src/session/reported-lost';
import { resume, signOut } from '../src/session/session.svelte';
import { closeStore } from '../src/store/current';
import { identityOf } from '../src/store/identity';
import { rememberKinds } from '../src/store/known-locks';
import { ME, must, newPhone } from './phone';

let asked: SealedBoxes[];
let line: boolean;
let lost: boolean;

beforeEach(async () => {
  localStorage.clear();
  await newPhone();
  const account = { id: ME, role: 'volunteer', language: 'nl' };
  localStorage.setItem('voordeur.account', JSON.stringify(account));
  await resume();
  [asked, line, lost] = [[], true, false];
  ports.network.fetch = (_url, init) => {
    asked.push(JSON.parse(init?.body as string) as SealedBoxes);
    if (!line) return Promise.reject(new TypeError('line cut'));
    const said = JSON.stringify({ ids: [], outcomes: [], revoked: lost });
    const headers = { 'Content-Type': 'application/json' };
    return Promise.resolve(new Response(said, { headers }));
  };
});

it('hands nothing over, asks again at once where nobody answered, and else in ten minutes', async () => {
  line = false;
  expect(await mustGiveUp()).toBe(false);
  line = true;
  expect(await mustGiveUp()).toBe(false);
  expect(await mustGiveUp()).toBe(false);
  expect(asked.map(({ why, boxes }) => [why, boxes.length])).toEqual([
    ['asked', 0],
    ['asked', 0],
  ]);
  lost = true;
  (ports as SeededPorts).advance(600_000);
  expect(await mustGiveUp()).toBe(true);
});

it('is asked for a store of who signed out too, and that goes when it was reported lost', async () => {
  (ports as SeededPorts).advance(1_300_000);
  rememberKinds(ME, ['passphrase']);
  closeStore();
  await signOut();
  asked = [];
  await giveUpOthers();
  expect([asked.at(-1)?.why, (await must(identityOf(ME))) === null]).toEqual(['asked', false]);
  lost = true;
  (ports as SeededPorts).advance(600_000);
  await giveUpOthers();
  expect(await must(identityOf(ME))).toBeNull();
});
