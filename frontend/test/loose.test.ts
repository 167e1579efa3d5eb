/** A loose note is written while nothing opens the store, and is read by nobody here. */
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toBase64 } from '../src/lib/bytes';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { sendAllLoose, writeLoose } from '../src/session/loose.svelte';
import { leave, meet, openByWords } from '../src/session/opening.svelte';
import { Database } from '../src/store/database';
import { canKeepLoose, looseLeft } from '../src/store/loose';
import { someLoose } from '../src/store/loose-mark';
import { syncOnce } from '../src/sync/once';
import { LoosePhone, NAME, NOTE, waits } from './loose-phone';
import { opened, serverKey } from './server-key';
import { ME, must } from './phone';
import { begun } from './words';

vi.mock('../src/session/stretching', async () => import('./stretched'));

let made: LoosePhone;

beforeEach(async () => {
  made = await LoosePhone.make();
});

afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

describe('a note that is written while the store is shut', () => {
  it('is in a box for the server alone, bound to this phone and its own id', async () => {
    await made.writes();
    const { device, notes } = await must(looseLeft(ME));
    const [kept] = notes;
    if (device === null || kept === undefined) throw new Error('nothing kept');
    const box = toBase64(new Uint8Array(kept.box));
    const { made_at, ...body } = NOTE;
    expect(await opened(made.key, device.id, { id: kept.id, box })).toMatchObject({
      id: kept.id,
      dossier_id: kept.id,
      kind: 'draft.loose',
      made_at,
      body,
    });
  });

  it('lies nowhere in clear, on no disk of this browser', async () => {
    await made.writes();
    const seen: string[] = [];
    for (const db of [new Database(ME), new Database(ME, made.bucket)]) {
      for (const table of db.tables) {
        for (const row of (await table.toArray()) as unknown[]) {
          seen.push(
            JSON.stringify(row, (_key, value: unknown) =>
              value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value,
            ),
          );
        }
      }
      db.close();
    }
    expect(seen.some((row) => row.includes('loose:'))).toBe(true);
    expect(seen.filter((row) => /Wilgenhof 12|lekt/.test(row))).toEqual([]);
    expect(JSON.stringify({ ...localStorage })).not.toContain('lekt');
  });

  it('survives a reload and the store that is opened and written over it', async () => {
    await made.writes();
    leave();
    await meet(ME);
    await must(openByWords(made.words));
    await must(made.store.change(() => [{ do: 'remember', key: 'debriefed', value: 'x' }]));
    expect([await waits(), await must(made.store.spoilt())]).toEqual([1, 0]);
    expect(await must(made.store.loose())).toHaveLength(1);
  });

  it('is heard of at once by another tab that has the store open', async () => {
    const seen: number[] = [];
    made.store.observe(
      (reader) => reader.loose(),
      (result) => seen.push(result.ok ? result.value.length : -1),
    );
    made.line = false;
    expect(await must(writeLoose(ME, NOTE))).toBe(true);
    await vi.waitFor(() => {
      expect(seen.at(-1)).toBe(1);
    });
  });

  it('stays as it is under a new key of the server, and the next goes to the new one', async () => {
    await made.writes();
    const before = (await must(looseLeft(ME))).notes;
    const next = await serverKey('0f000000-0000-4000-8000-00000000000f');
    made.phone.server.dossiers.set(ME, next.profile);
    made.line = true;
    await must(openByWords(made.words));
    await must(syncOnce(made.store));
    expect((await must(looseLeft(ME))).notes).toEqual(before);
    await made.writes({ ...NOTE, words: 'En nog iets.' });
    const { device, notes } = await must(looseLeft(ME));
    const last = notes.find(({ id }) => id !== before[0]?.id);
    if (last === undefined) throw new Error('nothing kept');
    const box = toBase64(new Uint8Array(last.box));
    expect(await opened(next, device?.id ?? '', { id: last.id, box })).toMatchObject({
      body: { words: 'En nog iets.' },
    });
  });

  it('lies in the second home too before it is called saved, and comes back from there', async () => {
    made.store.observe(
      (reader) => reader.entries(),
      () => undefined,
    );
    await vi.waitFor(async () => {
      (ports as SeededPorts).advance(1_000);
      const home = new Database(ME, made.bucket);
      const there = await home.clear.get('locks');
      home.close();
      expect(there).toBeDefined();
    });
    await made.writes();
    leave();
    await Dexie.delete(NAME);
    await meet(ME);
    expect(await waits()).toBe(1);
    made.line = true;
    await sendAllLoose();
    expect(await waits()).toBe(0);
    const home = new Database(ME, made.bucket);
    const left = (await home.clear.toArray()).filter((row) => row.key.startsWith('loose:'));
    home.close();
    expect(left).toEqual([]);
  });

  it('is not called saved by a full disk, and nothing of it stays', async () => {
    leave();
    await meet(ME);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('made to fail', 'QuotaExceededError');
    });
    expect(await writeLoose(ME, NOTE)).toEqual({ ok: false, error: { kind: 'quota' } });
    put.mockRestore();
    expect([await waits(), someLoose()]).toEqual([0, false]);
  });

  it('cannot be kept where the server was never heard', async () => {
    leave();
    await Dexie.delete(NAME);
    localStorage.clear();
    made.bucket = new IDBFactory();
    await begun();
    expect(await must(canKeepLoose(ME))).toBe(false);
    expect(await must(writeLoose(ME, NOTE))).toBe(false);
    expect(await waits()).toBe(0);
  });
});
