/** Boxes are opened beside the screen; where that fails, in any way, they are opened here. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { seal } from '../src/store/sealing';
import { Unsealer } from '../src/store/unsealer';
import type { Sealed, Texts } from '../src/store/unsealing';
import { ME, phoneKey } from './phone';

const ROW = '0b000000-0000-4000-8000-000000000001';

let key: CryptoKey;
let sealed: Sealed;

/** A worker of which a test says what it does. */
class Beside {
  onmessage: ((event: { data: Texts | null }) => void) | null = null;
  onerror: (() => void) | null = null;
  static said: (worker: Beside, message: unknown) => void = () => undefined;
  ended = false;

  postMessage(message: unknown): void {
    Beside.said(this, message);
  }

  terminate(): void {
    this.ended = true;
  }
}

beforeEach(async () => {
  key = await phoneKey();
  const row = await seal(key, { user: ME, table: 'a', row: ROW, version: 'v' }, { words: 'hier' });
  sealed = { user: ME, revision: 1, tables: { a: [row], b: [], c: [], d: [] } };
  vi.stubGlobal('Worker', Beside);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function opened(unsealer = new Unsealer()): Promise<unknown> {
  unsealer.take(sealed);
  return (await unsealer.open(key, sealed)).a;
}

it('takes what the worker says', async () => {
  Beside.said = (worker, message) => {
    const texts: Texts = { a: ['{"words":"daar"}'], b: [], c: [], d: [] };
    if (message === key) worker.onmessage?.({ data: texts });
  };
  expect(await opened()).toEqual([{ words: 'daar' }]);
});

it('opens them here when the script does not load, before the key is there', async () => {
  let worker: Beside | null = null;
  Beside.said = (told) => {
    worker = told;
  };
  const unsealer = new Unsealer();
  unsealer.take(sealed);
  (worker as Beside | null)?.onerror?.();
  expect((await unsealer.open(key, sealed)).a).toEqual([{ words: 'hier' }]);
});

it('opens them here when the worker could not', async () => {
  Beside.said = (worker, message) => {
    if (message === key) worker.onmessage?.({ data: null });
  };
  expect(await opened()).toEqual([{ words: 'hier' }]);
});

it('opens them here when nothing can be sent, or no worker be made', async () => {
  Beside.said = () => {
    throw new Error('no clone');
  };
  expect(await opened()).toEqual([{ words: 'hier' }]);
  vi.stubGlobal('Worker', undefined);
  expect(await opened()).toEqual([{ words: 'hier' }]);
});

it('opens them here when the worker never answers', async () => {
  Beside.said = () => undefined;
  const answer = opened();
  await vi.waitFor(async () => {
    (ports as SeededPorts).advance(5_000);
    expect(await Promise.race([answer, Promise.resolve(null)])).not.toBeNull();
  });
  expect(await answer).toEqual([{ words: 'hier' }]);
});
