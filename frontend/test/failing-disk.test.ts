/** A database that does not open for a while: it is said, and work goes on when it does again. */
import Dexie from 'dexie';
import { IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { closeStore } from '../src/store/current';
import { openSealed } from '../src/store/opening';
import type { Store, StoreProblem } from '../src/store/types';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { ME, must, newPhone, phoneKey, STOP, waitingIn, type Phone } from './phone';

const NAME = `voordeur-sealed-${ME}`;

let phone: Phone;
let store: Store;
beforeEach(async () => {
  phone = await newPhone();
  ({ store } = phone);
  await must(leaves(true));
});

function leaves(on: boolean): ReturnType<typeof record> {
  return record({ kind: 'door.leave', dossier_id: STOP, body: { on } });
}

function disk(): IDBFactory {
  return (Dexie.dependencies as { indexedDB: IDBFactory }).indexedDB;
}

/** Another window takes this version of the store and holds it; gives what lets it go. */
function held(version: number): Promise<() => void> {
  return new Promise((done, refused) => {
    const asked = disk().open(NAME, version);
    asked.onerror = () => {
      refused(new Error('not held'));
    };
    asked.onsuccess = () => {
      done(() => {
        asked.result.close();
      });
    };
  });
}

it('is opened again by who comes next, when it could not be opened before', async () => {
  const real = disk().open.bind(disk());
  const refused = vi.spyOn(disk(), 'open').mockImplementation(() => {
    throw new DOMException('made to fail', 'AbortError');
  });
  const seen: (number | StoreProblem)[] = [];
  store.observe(
    (reader) => reader.entries(),
    (result) => seen.push(result.ok ? result.value.length : result.error),
  );
  // The browser shuts every connection: the next one to ask must open a new one.
  const gone = real(NAME, 30);
  await new Promise((done) => (gone.onsuccess = done));
  gone.result.close();
  expect((await leaves(false)).ok).toBe(false);
  expect((await leaves(false)).ok).toBe(false);
  refused.mockRestore();
  await must(leaves(false));
  expect(await waitingIn(store)).toHaveLength(2);
  await vi.waitFor(() => {
    (ports as SeededPorts).advance(2_000);
    expect(seen.at(-1)).toBe(2);
  });
});

it('that another window holds back says so after a moment, and opens when it is free', async () => {
  closeStore();
  await Dexie.delete(NAME);
  const letGo = await held(10);
  const opening = openSealed(ME, await phoneKey());
  const blocked = new Promise<void>((done) => {
    const look = setInterval(() => {
      (ports as SeededPorts).advance(1_000);
    }, 5);
    void opening.finally(() => {
      clearInterval(look);
      done();
    });
  });
  await blocked;
  expect(await opening).toEqual({ ok: false, error: { kind: 'blocked' } });
  letGo();
  const opened = await must(openSealed(ME, await phoneKey()));
  expect(await must(opened.entries())).toEqual([]);
  opened.close();
});

it('marks nothing as sent while the answer cannot be written down, and is done once it can', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put');
  const real = ports.network.fetch;
  ports.network.fetch = async (url, init) => {
    const answer = await real(url, init);
    // The disk is full from the moment that the server has it all.
    if (url.endsWith('/v1/sync')) {
      put.mockImplementation(() => {
        throw new DOMException('made to fail', 'QuotaExceededError');
      });
    }
    return answer;
  };
  expect(await syncOnce(store)).toEqual({
    ok: false,
    error: { kind: 'store', problem: { kind: 'quota' } },
  });
  expect(phone.server.effects).toHaveLength(1);
  put.mockRestore();
  ports.network.fetch = real;
  expect(await waitingIn(store)).toHaveLength(1);
  await must(syncOnce(store));
  expect(await must(store.entries())).toEqual([]);
  expect(phone.server.effects).toHaveLength(1);
});
