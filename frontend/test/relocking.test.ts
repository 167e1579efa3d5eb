/** Other locks on an open phone: who may change them, and what opens it afterwards. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { recalledKinds } from '../src/store/known-locks';
import { lockOf } from '../src/session/locks';
import {
  beginOnline,
  beginWithPasskey,
  leave,
  lockKinds,
  meet,
  openByPasskey,
  openByPin,
  openByWords,
  opening,
  setPin,
  shut,
} from '../src/session/opening.svelte';
import { lockWithWords, openWords, propose } from '../src/session/passphrase';
import {
  endProof,
  proveByPasskey,
  proveByWords,
  takeLock,
  usePasskey,
  useWords,
} from '../src/session/relocking';
import { closeStore, currentStore } from '../src/store/current';
import { locksOf, type Lock } from '../src/store/keyring';
import { changeLocks } from '../src/store/relocking';
import { addReader, type Reader } from './passkeys';
import { ME, must, newPhone, STOP, stopDossier } from './phone';
import { begun, wordList } from './words';

// Stretching is dear on purpose, and no part of what is looked at here.
vi.mock('../src/session/stretching', async () => import('./stretched'));

const HOUR = 3_600_000;
let reader: Reader;

beforeEach(async () => {
  localStorage.clear();
  await newPhone();
  leave();
  ports.network.fetch = wordList;
  reader = addReader({ prf: true });
});

afterEach(() => {
  endProof();
  leave();
  vi.unstubAllGlobals();
});

async function drawn(): Promise<string[]> {
  const words = await propose();
  if (words === null) throw new Error('no words');
  return words;
}

/** A phone with words, and something on it. */
async function withWords(): Promise<string[]> {
  const words = await begun();
  await must(currentStore()!.change(() => [{ do: 'keep', dossier: stopDossier }]));
  return words;
}

/** A phone with words and a passkey. */
async function withBoth(): Promise<string[]> {
  const words = await withWords();
  await must(proveByWords(words));
  await must(usePasskey());
  return words;
}

/** The app starts again, with nothing in memory. */
async function restart(): Promise<void> {
  leave();
  await meet(ME);
  expect(opening()).toBe('shut');
}

async function holds(id: string): Promise<boolean> {
  return (await must(currentStore()!.dossier(id))) !== null;
}

/** Another tab puts other words on; gives them. */
async function elsewhere(words: readonly string[]): Promise<string[]> {
  const seen = await must(locksOf(ME));
  const lock = lockOf('passphrase', seen);
  const raw = lock === undefined ? null : await openWords(ME, words, lock);
  const others = await drawn();
  const put = raw === null ? null : await lockWithWords(ME, others, raw);
  if (put === null) throw new Error('no lock');
  await must(changeLocks(ME, seen, { put }, ports.clock.now().getTime()));
  return others;
}

async function kindsOnDisk(): Promise<Lock['kind'][]> {
  return (await must(locksOf(ME))).map(({ kind }) => kind);
}

describe('new words', () => {
  it('open what the old ones opened, which open nothing any more; the PIN stays', async () => {
    const old = await withWords();
    await must(setPin('2718'));
    await must(proveByWords(old));
    const words = await drawn();
    await must(useWords(words));
    expect(await holds(STOP)).toBe(true);
    shut();
    await must(openByPin('2718'));
    await restart();
    expect(await openByWords(old)).toEqual({ ok: false, error: 'wrong' });
    await must(openByWords(words));
    expect(await holds(STOP)).toBe(true);
  });

  it('are not given to who does not know the old ones', async () => {
    const old = await withWords();
    expect(await proveByWords(await drawn())).toEqual({ ok: false, error: 'wrong' });
    expect(await useWords(await drawn())).toEqual({ ok: false, error: 'wrong' });
    await restart();
    await must(openByWords(old));
  });

  it('may be taken by who has the passkey, when the old ones are forgotten', async () => {
    const old = await withBoth();
    await must(proveByPasskey());
    const words = await drawn();
    await must(useWords(words));
    await restart();
    expect((await openByWords(old)).ok).toBe(false);
    await must(openByWords(words));
    await restart();
    await must(openByPasskey());
  });

  it('take one proof each: the next act asks again', async () => {
    const old = await withWords();
    await must(proveByWords(old));
    await must(useWords(await drawn()));
    expect(await useWords(await drawn())).toEqual({ ok: false, error: 'wrong' });
  });
});

describe('a second lock', () => {
  it('opens the store beside the words, and is asked for at the next start', async () => {
    const words = await withBoth();
    expect(lockKinds()).toEqual(['passphrase', 'passkey']);
    expect(recalledKinds(ME)).toEqual(['passphrase', 'passkey']);
    await restart();
    await must(openByPasskey());
    expect(await holds(STOP)).toBe(true);
    await restart();
    await must(openByWords(words));
  });

  it('may be words beside a passkey', async () => {
    await meet(ME);
    await must(beginWithPasskey());
    await must(proveByPasskey());
    const words = await drawn();
    await must(useWords(words));
    await restart();
    await must(openByWords(words));
  });

  it('is not made where the passkeys give no secret, or nobody shows a finger', async () => {
    const words = await withWords();
    await must(proveByWords(words));
    reader.cancels = true;
    expect(await usePasskey()).toEqual({ ok: false, error: 'cancelled' });
    addReader({ prf: false });
    expect(await usePasskey()).toEqual({ ok: false, error: 'no-prf' });
    expect(await kindsOnDisk()).toEqual(['passphrase']);
  });
});

describe('a lock that is taken away', () => {
  it('opens nothing any more, and is not asked for; the other does', async () => {
    const words = await withBoth();
    await must(proveByPasskey());
    await must(takeLock('passphrase'));
    expect(recalledKinds(ME)).toEqual(['passkey']);
    await restart();
    expect((await openByWords(words)).ok).toBe(false);
    await must(openByPasskey());
    expect(await holds(STOP)).toBe(true);
  });

  it('is never the one that was just opened: the other may not work at all', async () => {
    const words = await withBoth();
    await must(proveByWords(words));
    expect(await takeLock('passphrase')).toEqual({ ok: false, error: 'last' });
    expect(await kindsOnDisk()).toEqual(['passphrase', 'passkey']);
  });

  it('is never the last', async () => {
    const words = await withWords();
    await must(proveByWords(words));
    expect((await takeLock('passphrase')).ok).toBe(false);
    expect(await proveByPasskey()).toEqual({ ok: false, error: 'changed' });
    expect((await takeLock('passphrase')).ok).toBe(false);
    expect(await kindsOnDisk()).toEqual(['passphrase']);
  });
});

describe('another tab', () => {
  it('that changed the words meanwhile keeps its words, and this one says so', async () => {
    const old = await withWords();
    await must(proveByWords(old));
    const theirs = await elsewhere(old);
    expect(await useWords(await drawn())).toEqual({ ok: false, error: 'changed' });
    await restart();
    await must(openByWords(theirs));
  });

  it('that was shut before knows the new words, and the old ones no more', async () => {
    const old = await withWords();
    shut();
    const theirs = await elsewhere(old);
    expect(await openByWords(old)).toEqual({ ok: false, error: 'wrong' });
    await must(openByWords(theirs));
    expect(await holds(STOP)).toBe(true);
  });

  it('that made the store anew is asked what opens it, not opened with what did', async () => {
    const old = await withWords();
    shut();
    await newPhone();
    closeStore();
    expect(await openByWords(old)).toEqual({ ok: false, error: 'wrong' });
    expect(opening()).toBe('choose');
  });
});

describe('a proof', () => {
  it('is over when the phone shuts, and with the screen', async () => {
    const words = await withWords();
    await must(setPin('2718'));
    await must(proveByWords(words));
    shut();
    await must(openByPin('2718'));
    expect(await useWords(await drawn())).toEqual({ ok: false, error: 'wrong' });
    await must(proveByWords(words));
    endProof();
    expect(await useWords(await drawn())).toEqual({ ok: false, error: 'wrong' });
    const proving = proveByWords(words);
    endProof();
    expect((await proving).ok).toBe(false);
  });

  it('that ends while a lock is being made leaves the locks as they are', async () => {
    const words = await withWords();
    await must(proveByWords(words));
    const making = useWords(await drawn());
    shut();
    expect(await making).toEqual({ ok: false, error: { kind: 'closed' } });
    await must(openByWords(words));
  });

  it('makes no lock on a store whose time ran out', async () => {
    const words = await withWords();
    await must(proveByWords(words));
    (ports as SeededPorts).advance(72 * HOUR);
    expect(await useWords(await drawn())).toEqual({ ok: false, error: 'lapsed' });
    expect(opening()).toBe('lapsed');
    expect(await kindsOnDisk()).toEqual([]);
  });

  it('is not taken once its time ran out', async () => {
    const words = await withWords();
    (ports as SeededPorts).advance(72 * HOUR);
    expect((await proveByWords(words)).ok).toBe(false);
    expect(opening()).toBe('lapsed');
  });

  it('is not taken where nothing is kept', async () => {
    await meet(ME);
    await must(beginOnline());
    expect(await proveByWords(await drawn())).toEqual({ ok: false, error: { kind: 'closed' } });
  });
});
