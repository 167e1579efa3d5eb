/** What the server comes to just as this phone did need not travel back. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { recordOutcome } from '../src/features/visits/acts';
import { canonical } from '../src/lib/canonical';
import { versionOf, type Foreseen } from '../src/sync/expecting';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { readAnswer, SCHEMA, type StopBody, type SyncRequest } from '../src/sync/wire';
import { must, newPhone, ROUND, shown, shownStop, STOP, stop, type Phone } from './phone';

const odd = resolve(import.meta.dirname, '../../tests/contract/versions.json');

let phone: Phone;
beforeEach(async () => {
  phone = await newPhone();
  await syncOnce(phone.store);
});

async function answeredWith(body: StopBody): Promise<void> {
  const made: Foreseen = { id: STOP, kind: 'stop', body };
  const version = await versionOf(made);
  phone.server.dossiers.set(STOP, { id: STOP, kind: 'stop', version, body });
}

const withDog: StopBody = { ...stop, notices: ['dog'] };
const dog = (): Promise<unknown> =>
  must(record({ kind: 'door.notice', dossier_id: STOP, body: { notice: 'dog', on: true } }));

/** Did the door itself come over the line with the last answer? */
let came: string[] = [];
async function syncListening(): Promise<void> {
  const { ports } = await import('../src/lib/ports');
  ports.network.fetch = async (url, init) => {
    const response = await phone.server.fetch(url, init);
    const said = (await response.clone().json()) as { dossiers: { id: string }[] };
    came = said.dossiers.map(({ id }) => id);
    return response;
  };
  expect((await syncOnce(phone.store)).ok).toBe(true);
}

describe('a version', () => {
  it('is the one the server gives, whatever the words are', async () => {
    const cases = JSON.parse(readFileSync(odd, 'utf-8')) as (Foreseen & { version: string })[];
    expect(cases.length).toBeGreaterThan(0);
    for (const { version, ...dossier } of cases) expect(await versionOf(dossier)).toBe(version);
  });

  it('does not hang on the order of fields', () => {
    expect(canonical({ b: [1, null, { d: true, c: 'x' }], a: {} })).toBe(
      '{"a":{},"b":[1,null,{"c":"x","d":true}]}',
    );
  });
});

describe('what we sent', () => {
  it('does not come back when the server comes to the same, and is held all the same', async () => {
    await dog();
    await answeredWith(withDog);
    await syncListening();
    expect(came).toEqual([]);
    expect((await must(phone.store.dossier(STOP)))?.body).toEqual(withDog);
    expect(await must(phone.store.entries())).toEqual([]);
    expect((await must(phone.store.holdings()))[STOP]).toBe(
      phone.server.dossiers.get(STOP)?.version,
    );
  });

  it('comes back whole when the server has something else', async () => {
    await dog();
    const both: StopBody = { ...stop, notices: ['dog', 'stairs'] };
    await answeredWith(both);
    await syncListening();
    expect(came).toEqual([STOP]);
    expect((await must(phone.store.dossier(STOP)))?.body).toEqual(both);
  });

  it('does not hold what was done while the answer was under way', async () => {
    await dog();
    await answeredWith(withDog);
    const { ports } = await import('../src/lib/ports');
    let typed: Promise<unknown> | null = null;
    ports.network.fetch = async (url, init) => {
      typed ??= must(recordOutcome(shownStop, 'not_home'));
      await typed;
      const response = await phone.server.fetch(url, init);
      ports.network.fetch = () => Promise.reject(new TypeError('line cut'));
      return response;
    };
    expect((await syncOnce(phone.store)).ok).toBe(false);
    expect((await must(phone.store.dossier(STOP)))?.body).toEqual(withDog);
    expect((await shown(phone.store, 'stop', STOP))?.attempt?.outcome).toBe('not_home');
  });

  it('is expected anew when the answer was lost', async () => {
    await dog();
    await answeredWith(withDog);
    phone.server.mishaps = ['drop-answer'];
    expect((await syncOnce(phone.store)).ok).toBe(false);
    await syncListening();
    expect(came).toEqual([]);
    expect((await must(phone.store.dossier(STOP)))?.body).toEqual(withDog);
  });
});

describe('an answer', () => {
  it('that finds as expected what nobody expected does not count', () => {
    const request: SyncRequest = {
      schema: SCHEMA,
      app: { version: '0', built_on: '2026-01-01' },
      device_id: 'd',
      receipt: null,
      holdings_hash: '',
      mutations: [],
      more: false,
      expects: { [STOP]: 'v' },
    };
    const answer = {
      schema: SCHEMA,
      device_id: 'd',
      ids: [],
      receipt: 'r',
      outcomes: [],
      dossiers: [],
      as_expected: [STOP],
      drops: [],
      erased: [],
      need_holdings: false,
      renew: false,
      more: false,
    };
    expect(readAnswer(answer, request)?.as_expected).toEqual([STOP]);
    expect(readAnswer({ ...answer, as_expected: [ROUND] }, request)).toBeNull();
  });
});
