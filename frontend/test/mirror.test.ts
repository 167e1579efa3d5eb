/** The store's second home: what the browser throws away comes back, what somebody took away does not. */
import { IDBFactory } from 'fake-indexeddb';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { locksFound } from '../src/session/locks';
import { leave, meet, notHeld, openByWords, opening } from '../src/session/opening.svelte';
import { storeLost } from '../src/session/standing.svelte';
import { currentStore } from '../src/store/current';
import { Database } from '../src/store/database';
import { locksOf } from '../src/store/keyring';
import { closeReading } from '../src/store/lease';
import { wipe } from '../src/store/leaving';
import { bringBack } from '../src/store/mirror';
import { changeLocks } from '../src/store/relocking';
import type { Store } from '../src/store/types';
import { keepDraft, readDraft } from '../src/sync/drafts';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import type { FakeServer } from './fake-server';
import { ME, must, newPhone, STOP, waitingIn } from './phone';
import { begun, wordList } from './words';

vi.mock('../src/session/stretching', async () => import('./stretched'));

const NAME = `voordeur-sealed-${ME}`;
const OTHER = '0a000000-0000-4000-8000-000000000002';

let server: FakeServer;
let words: string[];
let bucket: IDBFactory;
let open: () => Promise<{ indexedDB: IDBFactory }>;

function theStore(): Store {
  const store = currentStore();
  if (store === null) throw new Error('no store');
  return store;
}

/** How many rows lie in the second home. */
async function kept(): Promise<Record<string, number>> {
  const home = new Database(ME, bucket);
  const counts = await Promise.all(
    (['a', 'b', 'c', 'clear'] as const).map(async (table) => [table, await home[table].count()]),
  );
  home.close();
  return Object.fromEntries(counts) as Record<string, number>;
}

/** A moment goes by, and so many dossiers lie there. */
async function followed(dossiers = 2): Promise<void> {
  await vi.waitFor(async () => {
    (ports as SeededPorts).advance(1_000);
    expect((await kept())['a']).toBe(dossiers);
  });
}

/** The browser throws the site's databases away, and the app starts again. */
async function thrownAway(): Promise<void> {
  leave();
  await Dexie.delete(NAME);
}

async function openAgain(): Promise<void> {
  await meet(ME);
  await must(openByWords(words));
}

beforeEach(async () => {
  localStorage.clear();
  bucket = new IDBFactory();
  open = () => Promise.resolve({ indexedDB: bucket });
  vi.stubGlobal('navigator', {
    ...navigator,
    storageBuckets: { open: () => open() },
  });
  ({ server } = await newPhone());
  leave();
  await Dexie.delete(NAME);
  ports.network.fetch = wordList;
  words = await begun();
  ports.network.fetch = server.fetch;
  theStore().observe(
    (reader) => reader.entries(),
    () => undefined,
  );
  await must(syncOnce(theStore()));
});

afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

describe('a store that the browser threw away', () => {
  it('is there again, with its lock, what it held and what only it had', async () => {
    await followed();
    const held = await must(theStore().holdings());
    const device = theStore().device.id;
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    await must(keepDraft('worry', 'none', { facts: 'half' }));
    await thrownAway();
    await openAgain();
    expect(opening()).toBe('open');
    expect(await must(theStore().holdings())).toEqual(held);
    expect(await waitingIn(theStore())).toHaveLength(1);
    expect(await readDraft('worry', 'none')).toEqual({ facts: 'half' });
    expect([await must(theStore().spoilt()), theStore().device.id]).toEqual([0, device]);
    await must(syncOnce(theStore()));
    expect(server.effects).toHaveLength(1);
  });

  it('has what waits at once, and drops what left the store', async () => {
    await followed();
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    expect((await kept())['b']).toBe(1);
    server.dossiers.clear();
    await must(syncOnce(theStore()));
    await must(syncOnce(theStore()));
    const held = Object.keys(await must(theStore().holdings())).length;
    await followed(held);
    expect((await kept())['b']).toBe((await must(theStore().entries())).length);
  });

  it('is there again after somebody else worked on this phone', async () => {
    await followed();
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    leave();
    ports.network.fetch = wordList;
    await begun(OTHER);
    await thrownAway();
    await openAgain();
    expect(await waitingIn(theStore())).toHaveLength(1);
  });

  it('is there again when it went while the words were asked for', async () => {
    await followed();
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    leave();
    await meet(ME);
    await Dexie.delete(NAME);
    await must(openByWords(words));
    expect(await waitingIn(theStore())).toHaveLength(1);
  });

  it('is not followed into its loss', async () => {
    await followed();
    const db = await new Dexie(NAME).open();
    await Promise.all(db.tables.map((table) => table.clear()));
    db.close();
    (ports as SeededPorts).advance(1_000);
    (ports as SeededPorts).advance(1_000);
    await must(theStore().meta('pin')).catch(() => undefined);
    expect((await kept())['a']).toBe(2);
  });

  it('is not called lost while its second home does not answer', async () => {
    await followed();
    await thrownAway();
    const there = bucket;
    open = () => Promise.reject(new Error('busy'));
    await meet(ME);
    expect([storeLost(), notHeld() === null]).toEqual([false, false]);
    open = () => Promise.resolve({ indexedDB: there });
    await openAgain();
    expect(opening()).toBe('open');
  });

  it('never comes over one that is there', async () => {
    await followed();
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    const home = new Database(ME, bucket);
    await home.b.clear();
    home.close();
    await bringBack(ME);
    expect(await waitingIn(theStore())).toHaveLength(1);
  });
});

describe('what was taken away on purpose', () => {
  it('does not come back when the phone was emptied', async () => {
    await followed();
    leave();
    await must(wipe(ME));
    expect(await must(locksFound(ME))).toEqual([]);
    expect((await kept())['clear']).toBe(0);
  });

  it('does not come back as a lock that was changed, nor as one that the lease destroyed', async () => {
    await followed();
    const [before] = await must(locksOf(ME));
    if (before === undefined) throw new Error('no lock');
    const other = { ...before, salt: `${before.salt.slice(2)}00` };
    await must(changeLocks(ME, [before], { put: other }, ports.clock.now().getTime()));
    expect((await kept())['clear']).toBe(0);
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    await followed();
    leave();
    await must(closeReading(ME, ports.clock.now().getTime()));
    await Dexie.delete(NAME);
    expect(await must(locksFound(ME))).toEqual([]);
  });
});

it('keeps nobody waiting for ever: what is written is called saved without it', async () => {
  open = () => new Promise(() => undefined);
  leave();
  await openAgain();
  const saved = record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } });
  await vi.waitFor(async () => {
    (ports as SeededPorts).advance(3_000);
    expect(await Promise.race([saved, Promise.resolve(null)])).not.toBeNull();
  });
  expect((await saved).ok).toBe(true);
});

it('is not made where the browser has no buckets', async () => {
  vi.stubGlobal('navigator', { ...navigator, storageBuckets: undefined });
  await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
  await thrownAway();
  await meet(ME);
  expect(opening()).toBe('choose');
});
