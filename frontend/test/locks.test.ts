/** Whatever is done with the locks: exactly those that remain open the store, and one always does. */
import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import Dexie from 'dexie';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstLock, locksOf, newDataKey, unwrap, wrap, type Lock } from '../src/store/keyring';
import { beginLease, closeReading } from '../src/store/lease';
import { changeLocks } from '../src/store/relocking';
import { ME, must } from './phone';

type Kind = Lock['kind'];

const NOW = Date.UTC(2026, 1, 3);
const HOUR = 3_600_000;
const KINDS: readonly Kind[] = ['passphrase', 'passkey'];

function emptyDisk(): void {
  Object.assign(Dexie.dependencies, { indexedDB: new IDBFactory(), IDBKeyRange });
}

/** What words or a passkey come to in the end: 32 bytes, here from a number. */
function secret(number: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(32).fill(number);
}

async function lockOn(key: Uint8Array<ArrayBuffer>, kind: Kind, number: number): Promise<Lock> {
  const sealed = { salt: '00', ...(await wrap(ME, kind, secret(number), key)) };
  return kind === 'passkey'
    ? { kind, credential: '', ...sealed }
    : { kind, memory: 8, passes: 1, ...sealed };
}

/** Which secrets open the store as it lies there, each with what it gives. */
async function opened(secrets: readonly number[]): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const lock of await must(locksOf(ME))) {
    for (const number of secrets) {
      const key = await unwrap(ME, lock, secret(number));
      if (key !== null) found.set(`${lock.kind} ${String(number)}`, key);
    }
  }
  return found;
}

/** What is written the `last` time is written, but that transaction does not come to its end. */
async function cutOff<T>(last: number, work: () => Promise<T>): Promise<T> {
  const put = IDBObjectStore.prototype.put;
  let writes = 0;
  const dies = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...row: Parameters<typeof put>
  ) {
    const asked = put.apply(this, row);
    writes += 1;
    if (writes === last) this.transaction.abort();
    return asked;
  });
  try {
    return await work();
  } finally {
    dies.mockRestore();
  }
}

function refused(error: string): { ok: false; error: string } {
  return { ok: false, error };
}

beforeEach(emptyDisk);

describe('whatever is done with the locks', () => {
  const act = fc.record({
    /** A number is the secret of a lock that is put on; null takes the lock of this kind away. */
    put: fc.option(fc.integer({ min: 1, max: 250 })),
    kind: fc.constantFrom(...KINDS),
    /** By a tab that read the locks so many acts ago. */
    behind: fc.integer({ min: 0, max: 2 }),
    /** The phone dies in this write of the act; 0 is never. */
    cut: fc.integer({ min: 0, max: 2 }),
  });

  it('exactly the locks that remain open the store, and never none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        emptyDisk();
        const key = newDataKey();
        const first = await lockOn(key, 'passphrase', 255);
        await must(firstLock(ME, first));
        const secrets = [255, ...acts.flatMap(({ put }) => put ?? [])];
        const history: Lock[][] = [[first]];
        let model = new Map<Kind, number>([['passphrase', 255]]);
        for (const { put, kind, behind, cut } of acts) {
          const seen = history[Math.max(0, history.length - 1 - behind)] ?? [];
          const change = put === null ? { take: kind } : { put: await lockOn(key, kind, put) };
          const wanted = new Map(model);
          if (put === null) wanted.delete(kind);
          else wanted.set(kind, put);
          const done = await cutOff(cut, () => changeLocks(ME, seen, change, NOW));
          const now = await must(locksOf(ME));
          if (done.ok) {
            expect(seen).toEqual(history.at(-1));
            expect(cut).toBe(0);
            expect(now).toEqual(done.value);
            model = wanted;
            history.push(now);
          } else {
            expect(now).toEqual(history.at(-1));
            if (seen === history.at(-1) && cut === 0) expect(wanted.size).toBe(0);
          }
          const open = await opened(secrets);
          expect([...open.keys()].sort()).toEqual(
            [...model].map(([one, number]) => `${one} ${String(number)}`).sort(),
          );
          expect(open.size).toBeGreaterThan(0);
          for (const found of open.values()) expect(found).toEqual(key);
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('a lock that comes too late', () => {
  let first: Lock;
  let late: Lock;

  beforeEach(async () => {
    const key = newDataKey();
    first = await lockOn(key, 'passphrase', 1);
    late = await lockOn(key, 'passkey', 2);
    await must(firstLock(ME, first));
    await must(beginLease(ME, NOW));
  });

  it('is not put on a store whose time is over, though nobody closed it yet', async () => {
    const until = NOW + 72 * HOUR;
    expect(await changeLocks(ME, [first], { put: late }, until)).toEqual(refused('lapsed'));
    expect((await changeLocks(ME, [first], { put: late }, until - 1)).ok).toBe(true);
  });

  it('is not put on a store whose locks were destroyed', async () => {
    await must(closeReading(ME, NOW));
    expect(await changeLocks(ME, [first], { put: late }, NOW)).toEqual(refused('lapsed'));
    expect(await must(locksOf(ME))).toEqual([]);
  });

  it('is not put on a store that was made anew, under another key', async () => {
    emptyDisk();
    expect(await changeLocks(ME, [first], { put: late }, NOW)).toEqual(refused('changed'));
    const anew = await lockOn(newDataKey(), 'passphrase', 3);
    await must(firstLock(ME, anew));
    expect(await changeLocks(ME, [first], { put: late }, NOW)).toEqual(refused('changed'));
    expect(await must(locksOf(ME))).toEqual([anew]);
  });
});
