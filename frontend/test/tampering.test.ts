/** Somebody has the phone's disk in hand: what was changed, moved or put back is always found out. */
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../src/lib/bytes';
import { ports } from '../src/lib/ports';
import { unwrap, wrap, type PassphraseLock } from '../src/store/keyring';
import { unseal, type SealedRow, type TableName } from '../src/store/sealing';
import type { Mutation } from '../src/store/mutations';
import type { Store } from '../src/store/types';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import type { FakeServer } from './fake-server';
import { ME, must, newPhone, phoneKey, STOP, stopDossier, waitingIn } from './phone';
import { opened, serverKey } from './server-key';

const FLIPS = 10_000;
const OTHER = '0a000000-0000-4000-8000-000000000002';
const TABLES = ['a', 'b', 'c', 'd'] as const;

interface Lying {
  readonly table: TableName;
  readonly row: SealedRow;
}

/** Change the tables past the app; the app's own count of writes goes up as when a tab wrote. */
async function onDisk<T>(work: (db: Dexie) => Promise<T>): Promise<T> {
  const db = await new Dexie(`voordeur-sealed-${ME}`).open();
  const done = await work(db);
  const revision = await db.table<{ key: string; value: number }>('clear').get('revision');
  await db.table('clear').put({ key: 'revision', value: (revision?.value ?? 0) + 1 });
  db.close();
  return done;
}

function everyRow(): Promise<Lying[]> {
  return onDisk(async (db) => {
    const all = await Promise.all(TABLES.map((table) => db.table<SealedRow>(table).toArray()));
    return TABLES.flatMap((table, at) => (all[at] ?? []).map((row) => ({ table, row })));
  });
}

/** A number below `end`, from the test's own seed. */
function below(end: number): number {
  const [high = 0, middle = 0, low = 0] = ports.random.bytes(3);
  return ((high << 16) | (middle << 8) | low) % end;
}

function oneOf<T>(all: readonly T[]): T {
  const chosen = all[below(all.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

function turned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  const at = below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
  return copy;
}

/** One bit of a text; never into another spelling of the same character. */
function turnedText(text: string): string {
  const at = below(text.length);
  return (
    text.slice(0, at) +
    String.fromCharCode(text.charCodeAt(at) ^ (1 << below(7))) +
    text.slice(at + 1)
  );
}

const WAYS: readonly ((row: SealedRow) => SealedRow)[] = [
  (row) => ({ ...row, box: turned(new Uint8Array(row.box)).buffer }),
  (row) => ({ ...row, box: turned(new Uint8Array(row.box)).buffer }),
  (row) => ({ ...row, stamp: toHex(turned(fromHex(row.stamp))) }),
  (row) => ({ ...row, row: turnedText(row.row) }),
  (row) =>
    row.version === '' ? { ...row, version: '0' } : { ...row, version: turnedText(row.version) },
  (row) => ({ ...row, schema: (row.schema ?? 1) ^ (1 << below(7)) }),
];

let store: Store;
let server: FakeServer;

/** A phone with something in every table: dossiers, what waits, facts, and a copy of what arrived. */
beforeEach(async () => {
  ({ store, server } = await newPhone());
  const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  server.dossiers.set(ME, key.profile);
  server.openCopy = async (copy) => (await opened(key, store.device.id, copy)) as Mutation;
  await must(syncOnce(store));
  await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
  await must(syncOnce(store));
  await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: false } }));
});

describe('a bit that was turned', () => {
  it('is found ten thousand times, in box, nonce, row, version and schema of every table', async () => {
    const key = await phoneKey();
    const all = await everyRow();
    expect(new Set(all.map(({ table }) => table))).toEqual(new Set(TABLES));
    let open = 0;
    for (const { table, row } of all) {
      if ((await unseal(key, { user: ME, table }, row)) !== undefined) open += 1;
    }
    expect(open).toBe(all.length);
    let passed = 0;
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const { table, row } = oneOf(all);
      const other = oneOf(WAYS)(row);
      if ((await unseal(key, { user: ME, table }, other)) !== undefined) passed += 1;
    }
    expect(passed).toBe(0);
  });

  it('in a lock keeps it shut, also for the right secret', async () => {
    const secret = new Uint8Array(32).fill(3);
    const raw = new Uint8Array(32).fill(7);
    const made = await wrap(ME, 'passphrase', secret, raw);
    const lock: PassphraseLock = { ...made, kind: 'passphrase', salt: '', memory: 8, passes: 1 };
    expect(await unwrap(ME, lock, secret)).toEqual(raw);
    for (let flip = 0; flip < 500; flip += 1) {
      const box = turned(new Uint8Array(lock.box)).buffer;
      const nonce = toHex(turned(fromHex(lock.nonce)));
      expect(
        await unwrap(
          ME,
          oneOf([
            { ...lock, box },
            { ...lock, nonce },
          ]),
          secret,
        ),
      ).toBeNull();
    }
    expect(await unwrap(OTHER, lock, secret)).toBeNull();
  });
});

describe('a record that was moved', () => {
  it('opens in no other row, table or store of a user', async () => {
    const key = await phoneKey();
    const all = await everyRow();
    let moves = 0;
    let passed = 0;
    for (const from of all) {
      for (const to of all.filter((one) => one !== from)) {
        // As it is, and dressed as what lay there.
        for (const version of [from.row.version, to.row.version]) {
          const moved = { ...from.row, row: to.row.row, version };
          const place = { user: ME, table: to.table };
          moves += 1;
          if ((await unseal(key, place, moved)) !== undefined) passed += 1;
        }
      }
      for (const [user, table] of [
        ...TABLES.filter((one) => one !== from.table).map((one) => [ME, one] as const),
        ...TABLES.map((one) => [OTHER, one] as const),
      ]) {
        moves += 1;
        if ((await unseal(key, { user, table }, from.row)) !== undefined) passed += 1;
      }
    }
    expect(moves).toBeGreaterThan(100);
    expect(passed).toBe(0);
  });

  it('is not shown on the screen, and the server is asked for what should lie there', async () => {
    const before = await must(store.holdings());
    const dossiers = (await everyRow()).filter(({ table }) => table === 'a');
    await onDisk(async (db) => {
      for (const [at, { row }] of dossiers.entries()) {
        const next = dossiers[(at + 1) % dossiers.length]?.row ?? row;
        await db.table('a').put({ ...next, row: row.row });
      }
    });
    expect(await must(store.holdings())).toEqual({});
    expect(await must(store.spoilt())).toBe(dossiers.length);
    await must(syncOnce(store));
    expect(await must(store.holdings())).toEqual(before);
  });
});

describe('an older sealed copy that was put back', () => {
  async function newer(): Promise<void> {
    server.dossiers.set(STOP, { ...stopDossier, version: 's2' });
    await must(syncOnce(store));
    expect((await must(store.holdings()))[STOP]).toBe('s2');
  }

  function putBack(rows: readonly Lying[]): Promise<void> {
    return onDisk(async (db) => {
      for (const table of new Set(rows.map((one) => one.table))) {
        const own = rows.filter((one) => one.table === table).map(({ row }) => row);
        await db.table(table).clear();
        await db.table(table).bulkPut(own);
      }
    });
  }

  it('of the dossiers is found at the next sync, by the hash over the holdings', async () => {
    const before = await everyRow();
    await newer();
    const asked = server.requests.length;
    await putBack(before.filter(({ table }) => table === 'a'));
    expect((await must(store.holdings()))[STOP]).toBe(stopDossier.version);
    await must(syncOnce(store));
    expect((await must(store.holdings()))[STOP]).toBe('s2');
    // The hash did not fit the receipt, so the whole list was asked for.
    expect(server.requests.slice(asked).some(({ holdings }) => holdings !== undefined)).toBe(true);
  });

  it('of everything is found at the next sync too, and nothing takes effect twice', async () => {
    const before = await everyRow();
    await newer();
    const effects = server.effects.map(({ id }) => id);
    await putBack(before);
    expect(await waitingIn(store)).toHaveLength(1);
    await must(syncOnce(store));
    expect((await must(store.holdings()))[STOP]).toBe('s2');
    expect(server.effects.map(({ id }) => id)).toEqual(effects);
    expect(await waitingIn(store)).toEqual([]);
  });

  it('under the name of the newer version does not open', async () => {
    const before = await everyRow();
    await newer();
    await putBack(
      before
        .filter(({ table }) => table === 'a')
        .map(({ table, row }) => ({ table, row: { ...row, version: 's2' } })),
    );
    expect((await must(store.holdings()))[STOP]).toBeUndefined();
    await must(syncOnce(store));
    expect((await must(store.holdings()))[STOP]).toBe('s2');
  });
});
