/** The store is taken from the disk while it is open: nothing is lost, and nothing meant is undone. */
import Dexie from 'dexie';
import { beforeEach, expect, it } from 'vitest';
import { closeStore } from '../src/store/current';
import { locksOf } from '../src/store/keyring';
import { rememberKinds } from '../src/store/known-locks';
import { openSealed } from '../src/store/opening';
import type { Store } from '../src/store/types';
import { keepDraft, readDraft } from '../src/sync/drafts';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import type { FakeServer } from './fake-server';
import { ME, must, newPhone, phoneKey, STOP, waitingIn } from './phone';

const NAME = `voordeur-sealed-${ME}`;
const LOCKS = [{ kind: 'passphrase', salt: '01' }];

let store: Store;
let server: FakeServer;

function leaves(on: boolean): Promise<unknown> {
  return record({ kind: 'door.leave', dossier_id: STOP, body: { on } });
}

/** A phone with a lock, a round, something that waits and a form that is half filled in. */
beforeEach(async () => {
  ({ store, server } = await newPhone());
  const db = await new Dexie(NAME).open();
  await db.table('clear').put({ key: 'locks', value: LOCKS });
  db.close();
  rememberKinds(ME, ['passphrase']);
  await must(syncOnce(store));
  await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
  await must(keepDraft('worry', 'none', { facts: 'half' }));
});

it('is put back with all that was in it and the lock on it, and work goes on', async () => {
  const held = await must(store.holdings());
  await Dexie.delete(NAME);
  expect(await must(store.holdings())).toEqual(held);
  expect(await waitingIn(store)).toHaveLength(1);
  expect(await leaves(false)).toEqual({ ok: true, value: undefined });

  // Another tab, or the next start, reads it from the disk with the same key.
  const next = await must(openSealed(ME, await phoneKey()));
  expect(await must(next.holdings())).toEqual(held);
  expect((await waitingIn(next)).map(({ mutation: { body } }) => body)).toEqual([
    { on: true },
    { on: false },
  ]);
  expect([await must(next.spoilt()), next.device.id]).toEqual([0, store.device.id]);
  expect(await must(locksOf(ME))).toEqual(LOCKS);
  next.close();
  expect(await readDraft('worry', 'none')).toEqual({ facts: 'half' });
  await must(syncOnce(store));
  expect(server.effects).toHaveLength(2);
  expect(await must(store.holdings())).toEqual(held);
});

it.each([
  ['with the words of now', [{ kind: 'passphrase', salt: '02' }]],
  ['without the locks that were destroyed', []],
])('is put back %s', async (_name, now) => {
  const db = await new Dexie(NAME).open();
  await must(store.holdings());
  await db.table('clear').put({ key: 'locks', value: now });
  db.close();
  await leaves(false);
  await Dexie.delete(NAME);
  await must(store.holdings());
  expect(await must(locksOf(ME))).toEqual(now);
});

it('is put back also where only the syncing finds out', async () => {
  const held = await must(store.holdings());
  await Dexie.delete(NAME);
  await must(syncOnce(store));
  const next = await must(openSealed(ME, await phoneKey()));
  expect(await must(next.holdings())).toEqual(held);
  expect(server.effects).toHaveLength(1);
  next.close();
});

it('stays away when it was taken away on purpose: then nothing is called saved', async () => {
  rememberKinds(ME, []);
  await Dexie.delete(NAME);
  expect(await leaves(false)).toEqual({ ok: false, error: { kind: 'closed' } });
  expect(await store.entries()).toEqual({ ok: false, error: { kind: 'closed' } });
  const db = await new Dexie(NAME).open();
  expect(await Promise.all(db.tables.map((table) => table.count()))).toEqual([0, 0, 0, 0, 0]);
  db.close();
});

it('never comes over one that was begun anew', async () => {
  await Dexie.delete(NAME);
  const anew = await must(openSealed(ME, await phoneKey()));
  await must(anew.change(() => [{ do: 'remember', key: 'receipt', value: STOP }]));
  expect(await leaves(false)).toEqual({ ok: false, error: { kind: 'closed' } });
  expect(await must(anew.entries())).toEqual([]);
  expect(await must(anew.meta('receipt'))).toBe(STOP);
  anew.close();
  closeStore();
});

it('that was put back to an older day by another hand is as this tab knows it', async () => {
  const db = await new Dexie(NAME).open();
  const names = ['a', 'b', 'c', 'd', 'clear'] as const;
  const before = await Promise.all(names.map((name) => db.table(name).toArray()));
  await leaves(false);
  await must(syncOnce(store));
  for (const [at, name] of names.entries()) {
    await db.table(name).clear();
    await db.table(name).bulkPut(before[at] ?? []);
  }
  db.close();
  expect(await waitingIn(store)).toEqual([]);
  await must(syncOnce(store));
  expect(server.effects).toHaveLength(2);
});
