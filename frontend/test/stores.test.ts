/** What everybody may expect of a store, wherever it keeps things: on the disk, or in memory only. */
import Dexie from 'dexie';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toBase64 } from '../src/lib/bytes';
import { copyOf } from '../src/store/copies';
import { closeStore } from '../src/store/current';
import { openSealed } from '../src/store/opening';
import { holdsWords } from '../src/store/forms';
import { openInMemory } from '../src/store/memory-store';
import type { Dossier } from '../src/store/dossiers';
import type { Change, MetaKey, NewEntry, OutboxEntry, Store } from '../src/store/types';
import { syncOnce } from '../src/sync/once';
import { opened, serverKey, type ServerKey } from './server-key';
import {
  HOUSEHOLD,
  ME,
  must,
  newPhone,
  phoneKey,
  STOP,
  stopDossier,
  waitingIn,
  type Phone,
} from './phone';

let phone: Phone;
let key: ServerKey;

beforeEach(async () => {
  phone = await newPhone();
  key = await serverKey('0e000000-0000-4000-8000-00000000000e');
  phone.server.dossiers.set(ME, key.profile);
});

const KINDS = [
  ['sealed on the disk', () => Promise.resolve(phone.store)],
  ['in memory only', () => openInMemory(ME, null)],
] as const;

function entry(id: string, dossier_id = STOP): NewEntry {
  const mutation = {
    id,
    dossier_id,
    kind: 'door.leave',
    schema: 1,
    made_at: '',
    body: { on: true },
  } as const;
  return { mutation, frozen: false, held: false, state: 'waiting', outcome: null, code: '' };
}

function dossier(id: string, version: string): Dossier {
  return { ...stopDossier, id, version } as Dossier;
}

/** One step of somebody's day: the changes it makes of what is there. */
type Step = (at: { readonly entries: readonly OutboxEntry[] }) => readonly Change[];

const ids = fc.constantFrom('d1', 'd2', 'd3');
const keys = fc.constantFrom<MetaKey>('receipt', 'draft:worry:d1', 'draft:handover:d2', 'seen:d3');
const values = fc.oneof(
  fc.string(),
  fc.record({ facts: fc.string() }).map((form) => JSON.stringify(form)),
);
const FORMS: readonly MetaKey[] = ['draft:worry:d1', 'draft:worry:none', 'draft:handover:d2'];
/** One of those that are there, or none. */
function some(one: (entry: OutboxEntry) => readonly Change[]): fc.Arbitrary<Step> {
  return fc.nat().map((at) => ({ entries }): readonly Change[] => {
    const chosen = entries[at % Math.max(entries.length, 1)];
    return chosen === undefined ? [] : one(chosen);
  });
}

const change: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(ids, fc.uuid())
    .map(([id, version]) => () => [{ do: 'keep', dossier: dossier(id, version) } as const]),
  ids.map((id) => () => [{ do: 'drop', id } as const]),
  fc
    .tuple(fc.uuid(), ids)
    .map(([id, of]) => () => [{ do: 'queue', entry: entry(id, of) } as const]),
  some((one) => [{ do: 'amend', entry: { ...one, frozen: true } }]),
  some(({ seq }) => [{ do: 'unqueue', seq }]),
  some(({ mutation, seq }) => [
    { do: 'copy', copy: copyOf(mutation, seq, '2026-02-03T14:00:00Z') },
    { do: 'unqueue', seq },
  ]),
  some(({ mutation: { id } }) => [{ do: 'uncopy', id }]),
  fc
    .tuple(fc.uuid(), ids)
    .map(([id, of]) => () => [
      { do: 'queue', entry: { ...entry(id, of), mutation: discard(id, of) } } as const,
    ]),
  fc
    .tuple(keys, fc.option(values))
    .map(([name, value]) => () => [{ do: 'remember', key: name, value } as const]),
);
const step: fc.Arbitrary<Step> = fc
  .array(change, { minLength: 1, maxLength: 3 })
  .map((all) => (at) => all.flatMap((one) => one(at)));

/** What is thrown away takes its copies along. */
function discard(id: string, of: string): OutboxEntry['mutation'] {
  return { id, dossier_id: of, kind: 'dossier.discard', schema: 1, made_at: '', body: {} };
}

async function holds(store: Store): Promise<unknown> {
  const copies = await must(store.copyBoxes());
  const behind = await must(store.leftBehind());
  const stops = await must(store.dossiersOf('stop'));
  const metas: readonly MetaKey[] = ['receipt', 'seen:d3', ...FORMS];
  return {
    entries: await must(store.entries()),
    holdings: await must(store.holdings()),
    stops: stops.map(({ id, version }) => [id, version]).sort(),
    one: await must(store.dossier('d1')),
    two: (await must(store.dossiers(['d1', 'd2']))).map(({ id }) => id).sort(),
    meta: await Promise.all(metas.map((name) => must(store.meta(name)))),
    copies: copies.map(({ id }) => id),
    behind: behind.boxes.map(({ id }) => id).sort(),
    spoilt: await must(store.spoilt()),
  };
}

it('holds the same after any changes, wherever it keeps them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      ({ store: phone.store as Store } = await newPhone());
      const stores = [phone.store, await openInMemory(ME, null)];
      for (const store of stores) {
        await must(store.change(() => [{ do: 'keep', dossier: key.profile }]));
        for (const one of steps) await must(store.change((view) => one(view)));
      }
      const [onDisk, inMemory] = await Promise.all(stores.map(holds));
      expect(inMemory).toEqual(onDisk);
      // On a disk every form with words in it has a box, and nothing else has.
      const forms = await Promise.all(FORMS.map((name) => must(phone.store.meta(name))));
      const behind = await must(phone.store.leftBehind());
      expect(behind.forms).toHaveLength(forms.filter(holdsWords).length);
    }),
    { numRuns: 60 },
  );
});

describe.each(KINDS)('a store %s', (_name, open) => {
  it('tells who reads of every change once, and of a commit in one go', async () => {
    const store = await open();
    const seen: (readonly [number, string | null])[] = [];
    const end = store.observe(
      async (reader) => {
        const entries = await reader.entries();
        const receipt = await reader.meta('receipt');
        if (!entries.ok) return entries;
        return receipt.ok
          ? { ok: true, value: [entries.value.length, receipt.value] as const }
          : receipt;
      },
      (result) => {
        if (result.ok) seen.push(result.value);
      },
    );
    await vi.waitFor(() => {
      expect(seen).toEqual([[0, null]]);
    });
    await must(
      store.change(() => [
        { do: 'queue', entry: entry('m1') },
        { do: 'remember', key: 'receipt', value: 'r1' },
      ]),
    );
    await vi.waitFor(() => {
      expect(seen).toEqual([
        [0, null],
        [1, 'r1'],
      ]);
    });
    end();
    await must(store.change(() => [{ do: 'remember', key: 'receipt', value: 'r2' }]));
    await must(store.entries());
    expect(seen).toHaveLength(2);
  });

  it('changes nothing when a decision fails, and goes on afterwards', async () => {
    const store = await open();
    const failing = store.change(() => {
      throw new Error('no decision');
    });
    const next = store.change(() => [{ do: 'queue', entry: entry('m1') }]);
    expect(await failing).toEqual({ ok: false, error: { kind: 'failed' } });
    await must(next);
    expect(await waitingIn(store)).toHaveLength(1);
  });

  it('reads nothing older than the change that was asked before it', async () => {
    const store = await open();
    const early = store.meta('receipt');
    const changed = store.change(() => [{ do: 'remember', key: 'receipt', value: 'new' }]);
    const late = store.meta('receipt');
    await must(changed);
    expect([await must(early), await must(late)]).toEqual([null, 'new']);
  });

  it('sends, receives, and knows what arrived', async () => {
    const store = await open();
    await must(store.change(() => [{ do: 'queue', entry: entry('m1') }]));
    await must(syncOnce(store));
    expect(phone.server.effects.map(({ id }) => id)).toEqual(['m1']);
    expect(await must(store.entries())).toEqual([]);
    expect((await must(store.dossier(STOP)))?.version).toBe(stopDossier.version);
    await must(syncOnce(store));
    expect(phone.server.requests.at(-1)?.receipt).toBe('receipt-1');
  });

  it('keeps what waits through an answer that was lost, and sends it once', async () => {
    const store = await open();
    await must(store.change(() => [{ do: 'queue', entry: entry('m1', HOUSEHOLD) }]));
    phone.server.mishaps = ['drop-answer'];
    expect((await syncOnce(store)).ok).toBe(false);
    expect(await waitingIn(store)).toHaveLength(1);
    await must(syncOnce(store));
    expect(phone.server.effects).toHaveLength(1);
  });

  it('has a box for the server of all that waits, and of nothing else', async () => {
    const store = await open();
    await must(syncOnce(store));
    await must(store.change(() => [{ do: 'queue', entry: entry('m1') }]));
    const { boxes, device } = await must(store.leftBehind());
    const [box] = boxes;
    if (box === undefined) throw new Error('no box');
    const said = { id: box.id, box: toBase64(new Uint8Array(box.box)) };
    expect(await opened(key, store.device.id, said)).toEqual(entry('m1').mutation);
    expect([boxes.length, device?.id]).toEqual([1, store.device.id]);
  });

  it('that was closed says so', async () => {
    const store = await open();
    store.close();
    expect(await store.entries()).toEqual({ ok: false, error: { kind: 'closed' } });
    expect((await store.change(() => [{ do: 'drop', id: STOP }])).ok).toBe(false);
  });
});

describe('the store in memory only', () => {
  it('writes nothing to the disk, and is gone with its page', async () => {
    closeStore();
    await Dexie.delete(`voordeur-sealed-${ME}`);
    const store = await openInMemory(ME, null);
    await must(store.change(() => [{ do: 'queue', entry: entry('m1') }]));
    await must(syncOnce(store));
    expect(await Dexie.getDatabaseNames()).toEqual([]);
    expect([store.lasting, (await must(openSealed(ME, await phoneKey()))).lasting]).toEqual([
      false,
      true,
    ]);
    expect(await must((await openInMemory(ME, null)).holdings())).toEqual({});
  });

  it('is known to the server by an id of version 8, the same again where it is remembered', async () => {
    const { device } = await openInMemory(ME, null);
    expect(device.id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect((await openInMemory(ME, device.id)).device.id).toBe(device.id);
    expect((await openInMemory(ME, null)).device.id).not.toBe(device.id);
  });

  it('works where there is no cryptography at all', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const store = await openInMemory(ME, null);
    await must(store.change(() => [{ do: 'queue', entry: entry('m1') }]));
    await must(syncOnce(store));
    vi.unstubAllGlobals();
    expect(store.device.keys).toBeNull();
    expect(phone.server.effects.map(({ id }) => id)).toEqual(['m1']);
    expect(await must(store.holdings())).toMatchObject({ [STOP]: stopDossier.version });
    expect(await must(store.leftBehind())).toEqual({
      device: store.device,
      boxes: [],
      forms: [],
      loose: [],
      bare: 0,
    });
  });
});
