/** What lies on the phone's disk: sealed, in its place, and nothing that was moved or changed opens. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import Dexie from 'dexie';
import { closeStore } from '../src/store/current';
import { openSealed } from '../src/store/opening';
import { dataKey, seal, unseal, type Place, type SealedRow } from '../src/store/sealing';
import type { Dossier } from '../src/store/dossiers';
import type { Store } from '../src/store/types';
import { record } from '../src/sync/record';
import { syncOnce } from '../src/sync/once';
import { ME, must, newPhone, phoneKey, roundDossier, STOP, stopDossier, waitingIn } from './phone';

const PLACE: Place = { user: ME, table: 'a', row: 'row-1', version: 'v1' };
const OTHER = '0a000000-0000-4000-8000-000000000002';

describe('one sealed record', () => {
  it('opens in its place, whatever it says', async () => {
    const key = await phoneKey();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const sealed = await seal(key, PLACE, value);
        expect(JSON.stringify(await unseal(key, PLACE, sealed))).toBe(JSON.stringify(value));
      }),
      { numRuns: 50 },
    );
  });

  it('opens nowhere else: not for another user, table, row or version', async () => {
    const key = await phoneKey();
    const sealed = await seal(key, PLACE, 'words');
    const moved: [Pick<Place, 'user' | 'table'>, SealedRow][] = [
      [{ ...PLACE, user: OTHER }, sealed],
      [{ ...PLACE, table: 'b' }, sealed],
      [PLACE, { ...sealed, row: 'row-2' }],
      [PLACE, { ...sealed, version: 'v0' }],
    ];
    for (const [place, row] of moved) expect(await unseal(key, place, row)).toBeUndefined();
    const stranger = await dataKey(new Uint8Array(32).fill(8));
    expect(await unseal(stranger, PLACE, sealed)).toBeUndefined();
  });

  it('gets a fresh nonce each time', async () => {
    const key = await phoneKey();
    const stamps = new Set<string>();
    for (let count = 0; count < 200; count += 1) stamps.add((await seal(key, PLACE, 'x')).stamp);
    expect(stamps.size).toBe(200);
  });
});

interface Disk {
  a: SealedRow[];
  b: SealedRow[];
  c: SealedRow[];
}

/** The tables as somebody with the phone in his hand could change them. */
async function onDisk(work: (db: Dexie) => PromiseLike<void>): Promise<void> {
  const db = await new Dexie(`voordeur-sealed-${ME}`).open();
  await work(db);
  const revision = await db.table<{ key: string; value: number }>('clear').get('revision');
  await db.table('clear').put({ key: 'revision', value: (revision?.value ?? 0) + 1 });
  db.close();
}

async function disk(): Promise<Disk> {
  const found: Disk = { a: [], b: [], c: [] };
  await onDisk(async (db) => {
    for (const table of ['a', 'b', 'c'] as const) {
      found[table] = await db.table<SealedRow>(table).toArray();
    }
  });
  return found;
}

function text({ box }: SealedRow): string {
  const bytes = new Uint8Array(box);
  return new TextDecoder().decode(bytes) + new TextDecoder('utf-16le').decode(bytes);
}

let store: Store;
beforeEach(async () => {
  ({ store } = await newPhone());
  await syncOnce(store);
});

describe('the sealed store', () => {
  it('leaves nothing readable on the disk: row ids, versions and nonces only', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    const { a, b, c } = await disk();
    expect([a.length, b.length, c.length].every((count) => count > 0)).toBe(true);
    for (const row of [...a, ...b, ...c]) {
      expect(Object.keys(row).sort()).toEqual(['box', 'row', 'schema', 'stamp', 'version']);
      for (const word of ['Wilgenhof', 'door.leave', STOP, 'receipt', 'stop']) {
        expect(text(row)).not.toContain(word);
        expect([row.row, row.version, row.stamp].join()).not.toContain(word);
      }
    }
  });

  it('does not open with another key, and says how much it could not read', async () => {
    closeStore();
    const stranger = await must(openSealed(ME, await dataKey(new Uint8Array(32).fill(9))));
    expect(await must(stranger.dossier(STOP))).toBeNull();
    expect(await must(stranger.spoilt())).toBeGreaterThan(0);
    stranger.close();
  });

  it('keeps a damaged thing on the disk, goes on with the rest, and asks the server anew', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    const before = await must(store.holdings());
    await onDisk(async (db) => {
      for (const table of ['a', 'b']) {
        const [first] = await db.table<SealedRow>(table).toArray();
        if (first) await db.table(table).put({ ...first, stamp: '0'.repeat(24) });
      }
    });
    expect(await must(store.spoilt())).toBe(2);
    expect(await waitingIn(store)).toEqual([]);
    expect(Object.keys(await must(store.holdings()))).toHaveLength(Object.keys(before).length - 1);
    await syncOnce(store);
    expect(await must(store.holdings())).toEqual(before);
    expect((await disk()).b).toHaveLength(1);
  });

  it('sees that an older copy of a dossier was put back, by its version', async () => {
    const { a } = await disk();
    const newer: Dossier = { ...stopDossier, version: 's2' };
    await must(store.change(() => [{ do: 'keep', dossier: newer }]));
    await onDisk(async (db) => {
      for (const row of a) await db.table('a').put(row);
    });
    expect((await must(store.holdings()))[STOP]).toBe(stopDossier.version);
    await onDisk(async (db) => {
      for (const row of a) await db.table('a').put({ ...row, version: newer.version });
    });
    const reopened = await must(openSealed(ME, await phoneKey()));
    expect((await must(reopened.holdings()))[STOP]).toBeUndefined();
    reopened.close();
  });
});

describe('a clear store of the first version', () => {
  const ENTRY = {
    id: '0f000000-0000-4000-8000-0000000000aa',
    dossier_id: STOP,
    kind: 'door.leave',
    schema: 1,
    made_at: '2026-02-03T14:00:00Z',
    body: {},
    frozen: 1,
    held: 0,
    state: 'waiting',
    outcome: null,
    code: '',
  };

  async function clearStore(): Promise<void> {
    const db = new Dexie(`voordeur-${ME}`);
    db.version(1).stores({
      dossiers: 'id, kind, [id+version]',
      outbox: '++seq, &id, dossier_id',
      meta: 'key',
    });
    await db.table('dossiers').bulkPut([roundDossier, stopDossier]);
    await db.table('outbox').add(ENTRY);
    await db.table('meta').bulkPut([
      { key: 'device_id', value: OTHER },
      { key: 'receipt', value: 'receipt-of-before' },
      { key: 'revision', value: '12' },
    ]);
    db.close();
  }

  it('is taken over whole, once, and then deleted', async () => {
    closeStore();
    await Dexie.delete(`voordeur-sealed-${ME}`);
    await clearStore();
    for (let opening = 0; opening < 2; opening += 1) {
      const opened = await must(openSealed(ME, await phoneKey()));
      expect(opened.device.id).toBe(OTHER);
      expect(await must(opened.meta('receipt'))).toBe('receipt-of-before');
      const waiting = await waitingIn(opened);
      expect(waiting.map(({ mutation, frozen }) => [mutation.id, frozen])).toEqual([
        [ENTRY.id, true],
      ]);
      expect(await must(opened.dossier(STOP))).toEqual(stopDossier);
      opened.close();
      expect(await Dexie.exists(`voordeur-${ME}`)).toBe(false);
    }
  });

  it('that was cut off halfway is taken over again, and nothing comes double', async () => {
    closeStore();
    await Dexie.delete(`voordeur-sealed-${ME}`);
    await clearStore();
    (await must(openSealed(ME, await phoneKey()))).close();
    await clearStore();
    await onDisk((db) => db.table('clear').delete('device'));
    const opened = await must(openSealed(ME, await phoneKey()));
    expect(await waitingIn(opened)).toHaveLength(1);
    expect(await Dexie.exists(`voordeur-${ME}`)).toBe(false);
    opened.close();
  });
});
