/** Whatever a network makes of our answers: nothing counts that is not whole and ours, and it converges. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { setAccessToken } from '../../src/api/token';
import { raiseConcern } from '../../src/features/concerns/acts';
import { openConversation, recordConsent } from '../../src/features/conversations/acts';
import { ports } from '../../src/lib/ports';
import { closeStore, openStore } from '../../src/store/current';
import type { Store } from '../../src/store/types';
import { record } from '../../src/sync/record';
import { syncOnce } from '../../src/sync/once';
import type { Id, RoundBody, StopBody, SyncAnswer } from '../../src/sync/wire';
import { dossiersOn, underWay } from '../model/phones';
import type { Asked, Reply } from '../model/server';
import { must, newPhone, phoneKey, waitingIn } from '../phone';
import { answerOf, askedOf, bytesOf } from './plain-line';
import { AwayServer } from './server';

// A server of its own starts first, and a busy machine is no fault of the phone.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const JSON_TYPE = 'application/json';
const HTML = '<html><body>Welkom op de wifi. <a href="/ok">Akkoord</a></body></html>';

let server: AwayServer;
let store: Store;
let volunteer: string;

beforeAll(() => {
  server = new AwayServer();
});
afterAll(() => {
  server.stop();
});

const straight: typeof fetch = async (url, init) => {
  const reply = await server.request(await askedOf(url as string, init));
  return answerOf(reply.status, reply.type, bytesOf(reply));
};

/** An empty phone of the volunteer; a second one is another device of theirs. */
async function takePhone(): Promise<Store> {
  await newPhone();
  closeStore();
  ports.network.fetch = straight as typeof ports.network.fetch;
  setAccessToken(await server.signIn(volunteer));
  return must(openStore(volunteer, await phoneKey()));
}

beforeEach(async () => {
  ({ volunteer } = (await server.reset(1)).people);
  store = await takePhone();
  await must(syncOnce(store));
});

async function doors(): Promise<{ id: string; body: StopBody }[]> {
  const dossiers = await dossiersOn(store);
  return dossiers.flatMap((one) =>
    one.kind === 'stop' ? [{ id: one.id, body: one.body as StopBody }] : [],
  );
}

async function notice(): Promise<void> {
  const [door] = await doors();
  const body = { notice: 'dog', on: true } as const;
  await must(record({ kind: 'door.notice', dossier_id: door!.id, body }));
}

/** What the phone holds and what waits: a false acknowledgement changes it. */
async function standing(): Promise<unknown> {
  const waiting = (await waitingIn(store)).map(({ mutation }) => mutation.id);
  return [waiting, await must(store.holdings()), await must(store.meta('receipt'))];
}

async function expectArrived(count: number): Promise<void> {
  expect(underWay(await must(store.entries()))).toEqual([]);
  const { outcomes } = await server.look([volunteer]);
  expect(Object.values(outcomes)).toEqual(Array.from({ length: count }, () => 'applied'));
}

/** Text that does not get smaller. */
function noise(length: number): string {
  return Buffer.from(ports.random.bytes(length)).toString('base64').slice(0, length);
}

describe('an answer that was cut', () => {
  it('at any byte counts for nothing, and whole it counts', async () => {
    await notice();
    let whole: Buffer = Buffer.alloc(0);
    ports.network.fetch = async (url, init) => {
      whole = bytesOf(await server.request(await askedOf(url, init)));
      throw new TypeError('the line broke');
    };
    expect((await syncOnce(store)).ok).toBe(false);
    const before = await standing();
    // The line feed behind it says nothing any more.
    const end = whole.toString().trimEnd().length;
    expect((JSON.parse(whole.toString()) as SyncAnswer).outcomes).toHaveLength(1);
    for (let length = 0; length < end; length += 1) {
      const part = whole.subarray(0, length);
      ports.network.fetch = () => Promise.resolve(answerOf(200, JSON_TYPE, part));
      expect((await syncOnce(store)).ok, String(length)).toBe(false);
      expect(await waitingIn(store), String(length)).toHaveLength(1);
    }
    expect(await standing()).toEqual(before);
    ports.network.fetch = () => Promise.resolve(answerOf(200, JSON_TYPE, whole));
    expect((await syncOnce(store)).ok).toBe(true);
    await expectArrived(1);
  });
});

describe('a network that answers for us', () => {
  const pages: Record<string, () => Response> = {
    'a page': () => answerOf(200, 'text/html; charset=utf-8', HTML),
    'a page that calls itself JSON': () => answerOf(200, JSON_TYPE, HTML),
    'a page without a type': () => answerOf(200, null, HTML),
    'an empty 204': () => answerOf(204, null, ''),
    'an empty 200': () => answerOf(200, JSON_TYPE, ''),
    'nothing in particular': () => answerOf(200, JSON_TYPE, '{}'),
    'a list': () => answerOf(200, JSON_TYPE, '[]'),
    'a word of its own': () => answerOf(200, JSON_TYPE, '{"status":"ok","ids":[],"outcomes":[]}'),
    'that we must sign in there': () => answerOf(511, 'text/html', HTML),
    'for a gateway': () => answerOf(502, 'text/html', '<h1>502 Bad Gateway</h1>'),
  };

  it.each(Object.entries(pages))('with %s has nothing count', async (_name, page) => {
    await notice();
    ports.network.fetch = () => Promise.resolve(page());
    const before = await standing();
    expect((await syncOnce(store)).ok).toBe(false);
    expect(await standing()).toEqual(before);
    ports.network.fetch = straight as typeof ports.network.fetch;
    await must(syncOnce(store));
    await expectArrived(1);
  });
});

describe('a proxy that takes headers off', () => {
  const taken = ['type of the request', 'packing of the request', 'type of the answer'] as const;
  const packings = ['none', 'gzip', 'br'] as const;
  const cases = Array.from({ length: 8 }, (_, bits) =>
    taken.filter((_name, at) => (bits & (1 << at)) !== 0),
  ).flatMap((off) => packings.map((packing) => ({ off, packing })));

  const without = ({ headers, ...rest }: Asked, names: readonly string[]): Asked => ({
    ...rest,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
  });

  /** The server packs when the phone reads it; the proxy leaves the bytes and takes the word for it. */
  function packed(asked: Asked, reply: Reply, packing: (typeof packings)[number]): Buffer {
    const bytes = bytesOf(reply);
    if (packing === 'none' || asked.headers['X-Unpacked'] !== undefined) return bytes;
    return packing === 'gzip' ? gzipSync(bytes) : brotliCompressSync(bytes);
  }

  it.each(cases)('($off; answer packed: $packing) is met within two syncs', async (proxy) => {
    const { off, packing } = proxy;
    for (let count = 0; count < 3; count += 1) await must(raiseConcern(noise(600)));
    ports.network.fetch = async (url, init) => {
      const asked = await askedOf(url, init);
      const names = [
        ...(off.includes('type of the request') ? ['Content-Type'] : []),
        ...(off.includes('packing of the request') ? ['Content-Encoding'] : []),
      ];
      const reply = await server.request(without(asked, names));
      const type = off.includes('type of the answer') ? null : reply.type;
      return answerOf(reply.status, type, packed(asked, reply, packing));
    };
    const first = await syncOnce(store);
    if (!first.ok) await must(syncOnce(store));
    await expectArrived(3);
    // What it learned of this line must not weigh on the next.
    ports.network.fetch = straight as typeof ports.network.fetch;
    await must(syncOnce(store));
  });
});

describe('a line that breaks every 300 kB', () => {
  /** Bytes both ways are counted; what does not fit any more is lost, and the next gets a new line. */
  class Breaking {
    broke = 0;
    carried = 0;
    #left = 300_000;

    readonly fetch = async (url: string, init?: RequestInit): Promise<Response> => {
      const asked = await askedOf(url, init);
      const sent = Buffer.from(asked.body, 'base64');
      this.#take(sent.length);
      const reply = await server.request(asked);
      const came = bytesOf(reply);
      this.#take(came.length);
      return answerOf(reply.status, reply.type, came);
    };

    #take(bytes: number): void {
      this.carried += Math.min(bytes, this.#left);
      this.#left -= bytes;
      if (this.#left >= 0) return;
      this.broke += 1;
      this.#left = 300_000;
      throw new TypeError('the line broke');
    }
  }

  async function untilSent(line: Breaking, most: number): Promise<void> {
    ports.network.fetch = line.fetch;
    for (let count = 0; count < most; count += 1) if ((await syncOnce(store)).ok) return;
    throw new Error('it does not converge');
  }

  it('brings a megabyte there and another phone gets it, in parts', async () => {
    const round = (await dossiersOn(store)).find(({ kind }) => kind === 'round')!.body as RoundBody;
    const consentTextId = round.campaign.consent_text_id;
    let made = 0;
    for (const door of await doors()) {
      const { household_id: householdId, conversation_id } = door.body.reserved;
      await must(openConversation(door, round, true));
      const talk = { householdId, conversationId: conversation_id };
      const given = { purpose: 'note', given: true, consentTextId, language: 'nl' } as const;
      await must(recordConsent(talk, given).saved);
      made += 3;
      for (let position = 0; position < 20; position += 1, made += 1) {
        const place = { note_id: ports.random.uuid(), conversation_id, position, domain: '' };
        const body = { ...place, text: noise(9_000) };
        await must(record({ kind: 'note.add', dossier_id: householdId, body }));
      }
    }
    const up = new Breaking();
    await untilSent(up, 30);
    expect(up.broke).toBeGreaterThan(2);
    await expectArrived(made);
    const held = await heldHere();
    store = await takePhone();
    const down = new Breaking();
    await untilSent(down, 30);
    expect(down.broke).toBeGreaterThan(2);
    expect(await heldHere()).toEqual(held);
  });

  /** Without the profile: it says which phones there are, and now there are two. */
  async function heldHere(): Promise<[Id, string][]> {
    const held = Object.entries(await must(store.holdings()));
    return held.filter(([id]) => id !== store.accountId);
  }
});
