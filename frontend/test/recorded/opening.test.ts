/** What a released version left on a phone opens in this one: nothing lost, all in today's words. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import Dexie from 'dexie';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { overlay } from '../../src/overlays';
import type { Dossier, Id } from '../../src/store/dossiers';
import { newIdentity } from '../../src/store/identity';
import { MUTATION_SCHEMA } from '../../src/store/mutations';
import { openSealed } from '../../src/store/opening';
import { installOverlay, shownMutations } from '../../src/store/overlaid';
import type { Store, OutboxEntry } from '../../src/store/types';
import { STORED_SCHEMA, liftedMutation, liftedRow } from '../../src/store/upcasting';
import { dossiersOn } from '../model/phones';
import { must, phoneKey } from '../phone';
import { diskOf, putOnDisk, type Disk } from './disk';

const RECORDED = resolve(process.cwd(), '..', 'tests', 'sync', 'recorded');
const VERSIONS = readdirSync(RECORDED).sort();

interface Recorded {
  readonly account: Id;
  readonly disk: Disk;
  /** What that version itself read there. */
  readonly held: {
    readonly entries: readonly OutboxEntry[];
    readonly copies: readonly Id[];
    readonly dossiers: readonly Dossier[];
  };
}

function recorded(version: string): Recorded {
  return JSON.parse(readFileSync(resolve(RECORDED, version, 'store.json'), 'utf8')) as Recorded;
}

const nameOf = ({ account }: Recorded): string => `voordeur-sealed-${account}`;

async function lay(kept: Recorded): Promise<void> {
  await putOnDisk(nameOf(kept), kept.disk, await newIdentity(null));
}

async function open({ account }: Recorded): Promise<Store> {
  return must(openSealed(account, await phoneKey()));
}

beforeEach(() => {
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
  installOverlay(overlay);
});

describe.each(VERSIONS)('the store of version %s', (version) => {
  const kept = recorded(version);

  it('opens whole', async () => {
    await lay(kept);
    const store = await open(kept);
    expect(await must(store.spoilt())).toBe(0);
    const byId = (one: Dossier, other: Dossier): number => (one.id < other.id ? -1 : 1);
    expect((await dossiersOn(store)).sort(byId)).toEqual([...kept.held.dossiers].sort(byId));
    expect((await must(store.copyBoxes())).map(({ id }) => id)).toEqual(kept.held.copies);
    store.close();
  });

  it('keeps what was sent to the letter, and says the rest in the words of today', async () => {
    await lay(kept);
    const store = await open(kept);
    const entries = await must(store.entries());
    expect(entries.map(({ seq }) => seq)).toEqual(kept.held.entries.map(({ seq }) => seq));
    for (const [at, entry] of entries.entries()) {
      const before = kept.held.entries[at]!;
      const mutation = entry.frozen ? before.mutation : liftedMutation(before.mutation);
      expect(entry).toEqual({ ...before, mutation });
    }
    const shown = shownMutations(entries);
    expect(new Set(shown.map(({ schema }) => schema))).toEqual(new Set([MUTATION_SCHEMA]));
    const left = shown.filter(({ kind }) => kind === 'door.leave').map(({ body }) => body);
    expect(left).toEqual([{ on: true }]);
    store.close();
  });

  it('is written on in the shape of today', async () => {
    await lay(kept);
    const store = await open(kept);
    await must(
      store.change(({ entries }) => entries.map((entry) => ({ do: 'amend', entry }) as const)),
    );
    store.close();
    const { tables } = await diskOf(nameOf(kept), Dexie.dependencies);
    expect(new Set(tables['b']?.map(({ schema }) => schema))).toEqual(new Set([STORED_SCHEMA]));
    const again = await open(kept);
    expect(await must(again.entries())).toHaveLength(kept.held.entries.length);
    again.close();
  });

  it('of a version that is newer than this one is left as it lies, and said', async () => {
    await lay(kept);
    const newer = {
      ...kept.disk.tables['b']![0],
      schema: STORED_SCHEMA + 1,
      stamp: '0'.repeat(24),
    };
    const disk = { ...kept.disk, tables: { ...kept.disk.tables, b: [newer] } };
    await putOnDisk(nameOf(kept), disk, await newIdentity(null));
    const before = await diskOf(nameOf(kept), Dexie.dependencies);
    const store = await open(kept);
    const blocked = { ok: false, error: { kind: 'blocked' } };
    expect(await store.entries()).toEqual(blocked);
    const key = 'last_success';
    expect(await store.change(() => [{ do: 'remember', key, value: 'x' }])).toEqual(blocked);
    store.close();
    const { tables } = await diskOf(nameOf(kept), Dexie.dependencies);
    expect(tables).toEqual(before.tables);
  });
});

test('a disk whose tables a newer version changed is left as it lies, and said', async () => {
  const kept = recorded(VERSIONS[0]!);
  await putOnDisk(nameOf(kept), { ...kept.disk, version: 99 }, await newIdentity(null));
  const opened = await openSealed(kept.account, await phoneKey());
  expect(opened).toEqual({ ok: false, error: { kind: 'blocked' } });
  const { tables } = await diskOf(nameOf(kept), Dexie.dependencies);
  expect(tables['b']).toHaveLength(kept.disk.tables['b']!.length);
});

test('a record whose schema was changed does not open', async () => {
  const kept = recorded(VERSIONS[0]!);
  const rows = kept.disk.tables['b']!.map((row) => ({ ...row, schema: STORED_SCHEMA }));
  const disk = { ...kept.disk, tables: { ...kept.disk.tables, b: rows } };
  await putOnDisk(nameOf(kept), disk, await newIdentity(null));
  const store = await open(kept);
  expect(await must(store.spoilt())).toBe(rows.length);
  store.close();
});

test('lifting what is of today changes nothing', () => {
  for (const entry of recorded(VERSIONS[0]!).held.entries) {
    const once = liftedMutation(entry.mutation);
    expect(liftedMutation(once)).toEqual(once);
    expect(liftedRow('b', STORED_SCHEMA, entry)).toBe(entry);
  }
});
