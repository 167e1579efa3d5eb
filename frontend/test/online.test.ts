/** Where a browser may not, or cannot, hold anything: why, going on without, and how that ends. */
import Dexie from 'dexie';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accessToken } from '../src/api/token';
import { language, t } from '../src/lib/i18n.svelte';
import { ports } from '../src/lib/ports';
import { worksOnline } from '../src/session/online.svelte';
import { beginOnline, leave, meet, notHeld, opening, shut } from '../src/session/opening.svelte';
import { lockWithWords } from '../src/session/passphrase';
import {
  currentAccount,
  endOnline,
  giveUp,
  resume,
  signIn,
  wasEnded,
  workOnline,
} from '../src/session/session.svelte';
import { currentStore } from '../src/store/current';
import { firstLock, locksOf } from '../src/store/keyring';
import type { Store } from '../src/store/types';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { serverKey } from './server-key';
import { ME, must, newPhone, STOP, waitingIn, type Phone } from './phone';

const OTHER = '0a000000-0000-4000-8000-000000000002';
const WORDS = ['appel', 'boom', 'citroen', 'deur'];

let phone: Phone;
let handed: { device_id: string; why: string; boxes: unknown[] }[];
let who = ME;

function json(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json' } });
}

beforeEach(async () => {
  localStorage.clear();
  phone = await newPhone();
  leave();
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory() });
  const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
  handed = [];
  who = ME;
  ports.network.fetch = (url, init) => {
    if (url.endsWith('/v1/sealed-boxes')) {
      const body = JSON.parse(init?.body as string) as (typeof handed)[number];
      handed.push(body);
      const outcomes = (body.boxes as { id: string }[]).map(({ id }) => ({ id }));
      return Promise.resolve(json({ outcomes }));
    }
    if (url.endsWith('/v1/sessions') && init?.method === 'POST') {
      return Promise.resolve(
        json({ access_token: 'token', account: { id: who, role: 'volunteer', language: 'nl' } }),
      );
    }
    return phone.server.fetch(url, init);
  };
});

afterEach(() => {
  leave();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'standalone');
});

/** A page in Safari on an iPhone, on the home screen or not. */
function onIphone(standalone: boolean): void {
  Object.defineProperty(navigator, 'standalone', { value: standalone, configurable: true });
}

function without(name: string, value: unknown = undefined): void {
  vi.stubGlobal(name, value);
}

async function worksHere(): Promise<Store> {
  onIphone(false);
  await must(signIn('bo@voorbeeld.example', 'geheim'));
  await must(workOnline());
  const store = currentStore();
  if (store === null) throw new Error('no store');
  await must(syncOnce(store));
  return store;
}

const notice = (): Promise<unknown> =>
  must(record({ kind: 'door.notice', dossier_id: STOP, body: { notice: 'dog', on: true } }));

describe('nothing is begun', () => {
  it.each<[string, string, () => void]>([
    [
      'in a tab of an iPhone',
      'tab',
      () => {
        onIphone(false);
      },
    ],
    [
      'without cryptography',
      'insecure',
      () => {
        without('crypto', { getRandomValues: () => [] });
      },
    ],
    [
      'in Lockdown Mode',
      'lockdown',
      () => {
        without('WebAssembly');
        Object.assign(Dexie.dependencies, { indexedDB: undefined });
      },
    ],
    [
      'where there is no storage',
      'unavailable',
      () => {
        Object.assign(Dexie.dependencies, { indexedDB: undefined });
      },
    ],
    [
      'where there is no room at all',
      'quota',
      () => {
        without('navigator', { storage: { estimate: () => Promise.resolve({ quota: 0 }) } });
      },
    ],
  ])('%s', async (_name, why, happens) => {
    happens();
    await meet(ME);
    expect([notHeld(), opening()]).toEqual([why, 'choose']);
  });

  it('is not so on the home screen of an iPhone', async () => {
    onIphone(true);
    await meet(ME);
    expect([notHeld(), opening()]).toEqual([null, 'choose']);
  });

  it('is not so where it was begun before: that may be opened, and sent', async () => {
    const lock = await lockWithWords(ME, WORDS, new Uint8Array(32).fill(7));
    if (lock === null) throw new Error('no lock');
    await must(firstLock(ME, lock));
    onIphone(false);
    await meet(ME);
    expect([notHeld(), opening()]).toEqual([null, 'shut']);
  }, 30_000);

  it('is so no longer once it goes well', async () => {
    Object.assign(Dexie.dependencies, { indexedDB: undefined });
    await meet(ME);
    Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory() });
    await meet(ME);
    expect([notHeld(), opening()]).toEqual([null, 'choose']);
  });
});

describe('going on without', () => {
  it('leaves nothing on the disk: no store, no account, no lock', async () => {
    await worksHere();
    await notice();
    expect([worksOnline(), opening(), notHeld()]).toEqual([true, 'open', null]);
    expect(await Dexie.getDatabaseNames()).toEqual([]);
    const kept = Object.fromEntries(Object.entries({ ...localStorage }));
    expect(kept).toEqual({
      'voordeur.language': language(),
      'voordeur.online': JSON.stringify({ user: ME, device: currentStore()?.device.id }),
    });
  });

  it('says nothing of keeping', async () => {
    expect(t('common.saved_on_phone')).toBe('Opgeslagen op deze telefoon');
    await worksHere();
    expect(t('common.saved_on_phone')).toBe('Wordt verstuurd …');
    leave();
    expect(t('common.saved_on_phone')).toBe('Opgeslagen op deze telefoon');
  });

  it('never takes away a sealed store that did not open', async () => {
    const lock = await lockWithWords(ME, WORDS, new Uint8Array(32).fill(7));
    if (lock === null) throw new Error('no lock');
    await must(firstLock(ME, lock));
    const disk = Dexie.dependencies.indexedDB;
    Object.assign(Dexie.dependencies, { indexedDB: undefined });
    await meet(ME);
    Object.assign(Dexie.dependencies, { indexedDB: disk });
    await must(beginOnline());
    expect(await must(locksOf(ME))).toHaveLength(1);
  }, 30_000);

  it('asks who is there after a reload', async () => {
    await worksHere();
    leave();
    expect(await resume()).toBeNull();
  });

  it('goes on with what waits when the same person signs in again', async () => {
    const store = await worksHere();
    await notice();
    await must(signIn('bo@voorbeeld.example', 'geheim'));
    expect([currentStore(), opening()]).toEqual([store, 'open']);
    expect(await waitingIn(store)).toHaveLength(1);
  });

  it('is the same device at the next sign-in, and a new one once it was reported lost', async () => {
    const { device } = await worksHere();
    leave();
    expect((await worksHere()).device.id).toBe(device.id);
    await giveUp();
    expect((await worksHere()).device.id).not.toBe(device.id);
  });
});

describe('what waits in memory only', () => {
  it('keeps an untouched phone from shutting, until it has arrived', async () => {
    const store = await worksHere();
    await notice();
    shut();
    expect(await endOnline()).toBe(false);
    expect([opening(), wasEnded()]).toEqual(['open', false]);
    await must(syncOnce(store));
    expect(await endOnline()).toBe(true);
    expect([opening(), currentAccount(), currentStore(), wasEnded()]).toEqual([
      'nobody',
      null,
      null,
      true,
    ]);
    await vi.waitFor(() => {
      expect(accessToken()).toBeNull();
    });
  });

  it('goes to the server, sealed and under its own name, before somebody else works here', async () => {
    const { device } = await worksHere();
    await notice();
    who = OTHER;
    await must(signIn('kim@voorbeeld.example', 'geheim'));
    expect(handed).toMatchObject([{ device_id: device.id, why: 'forgotten', boxes: [{}] }]);
    expect(currentStore()).toBeNull();
  });

  it('keeps somebody else out while it can go nowhere', async () => {
    const store = await worksHere();
    await notice();
    who = OTHER;
    const { fetch } = ports.network;
    ports.network.fetch = (url, init) =>
      url.endsWith('/v1/sealed-boxes')
        ? Promise.reject(new TypeError('line cut'))
        : fetch(url, init);
    const refused = await signIn('kim@voorbeeld.example', 'geheim');
    expect(refused).toMatchObject({ ok: false, error: { code: 'anothers-work-waits' } });
    expect(currentStore()).toBe(store);
    expect(await waitingIn(store)).toHaveLength(1);
    expect(accessToken()).toBeNull();
  });

  it('goes to the server when this phone was reported lost', async () => {
    await worksHere();
    await notice();
    expect(await giveUp()).toBe(true);
    expect(handed).toMatchObject([{ why: 'revoked', boxes: [{}] }]);
    expect(currentStore()).toBeNull();
  });
});
