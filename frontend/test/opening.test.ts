/** How a phone opens and shuts: words, PIN, wrong tries, another user. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import {
  beginWithWords,
  forgetPinForNow,
  hasPin,
  leave,
  meet,
  openByPin,
  openByWords,
  opening,
  setPin,
  shut,
  triesLeft,
} from '../src/session/opening.svelte';
import { beginAnew } from '../src/session/anew';
import { watchIdle } from '../src/session/idle';
import {
  completions,
  judge,
  lockWithWords,
  openWords,
  propose,
  theWords,
} from '../src/session/passphrase';
import { PIN } from '../src/session/pin';
import { currentStore } from '../src/store/current';
import { firstLock, locksOf } from '../src/store/keyring';
import { openSealed } from '../src/store/opening';
import { dataKey } from '../src/store/sealing';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { ME, must, newPhone, STOP, stopDossier } from './phone';
import { begun, wordList } from './words';

const OTHER = '0a000000-0000-4000-8000-000000000002';

beforeEach(async () => {
  localStorage.clear();
  await newPhone();
  leave();
  ports.network.fetch = wordList;
});

describe('the words', () => {
  it('are 7,776 different ones of plain letters, so that four of them are 51 bits', async () => {
    const words = await theWords();
    expect(new Set(words).size).toBe(7776);
    expect(words.filter((word) => !/^[a-z]{4,8}$/.test(word))).toEqual([]);
    expect([...words].sort()).toEqual(words);
  });

  it('are proposed four at a time, all different, and judged good', async () => {
    for (let count = 0; count < 50; count += 1) {
      const words = await propose();
      expect(new Set(words).size).toBe(4);
      expect(await judge(words ?? [])).toBeNull();
    }
  });

  it('are completed from their beginning, and weak ones are refused', async () => {
    const [word = ''] = (await propose()) ?? [];
    expect(await completions(word.slice(0, 3).toUpperCase())).not.toEqual([]);
    expect(await completions(word.slice(0, 1))).toEqual([]);
    const [one = '', two = '', three = ''] = await theWords();
    expect(await judge([one, two, three])).toBe('too-few');
    expect(await judge([one, two, three, 'wachtwoord123'])).toBe('unknown');
    expect(await judge([one, two, three, one])).toBe('twice');
  });
});

describe('a phone', () => {
  it('opens with its own words, in any case, and with no others', async () => {
    const words = await begun();
    shut();
    expect(opening()).toBe('shut');
    expect(currentStore()).toBeNull();
    expect(await openByWords([...words].reverse())).toEqual({ ok: false, error: 'wrong' });
    expect(opening()).toBe('shut');
    await must(openByWords(words.map((word) => ` ${word.toUpperCase()}`)));
    expect(opening()).toBe('open');
  }, 60_000);

  it('re-opens with its PIN, and asks the words after five wrong ones', async () => {
    const words = await begun();
    await must(setPin('271828'));
    expect(hasPin()).toBe(true);
    shut();
    expect(opening()).toBe('pin');
    expect(await openByPin('000000')).toEqual({ ok: false, error: 'wrong' });
    await must(openByPin('271828'));
    shut();
    for (let tries = 5; tries > 0; tries -= 1) {
      expect(triesLeft()).toBe(tries);
      await openByPin('111111');
    }
    expect(opening()).toBe('shut');
    expect(await openByPin('271828')).toEqual({ ok: false, error: 'wrong' });
    await must(openByWords(words));
    shut();
    expect(opening()).toBe('pin');
  }, 60_000);

  it('forgets its key when it starts anew: the PIN alone opens nothing', async () => {
    await begun();
    await must(setPin('2718'));
    leave();
    await meet(ME);
    expect(opening()).toBe('shut');
    expect(await openByPin('2718')).toEqual({ ok: false, error: 'wrong' });
  }, 60_000);

  it('holds a store and words of its own for each user', async () => {
    const words = await begun();
    const others = await begun(OTHER);
    await meet(ME);
    expect(opening()).toBe('shut');
    expect(await openByWords(others)).toEqual({ ok: false, error: 'wrong' });
    await must(openByWords(words));
    expect(currentStore()?.accountId).toBe(ME);
  }, 60_000);

  it('that another tab locked meanwhile keeps that lock, and asks for it', async () => {
    await meet(ME);
    const here = (await propose()) ?? [];
    const there = (await propose()) ?? [];
    const lock = await lockWithWords(ME, there, new Uint8Array(32).fill(7));
    if (lock === null) throw new Error('no lock');
    expect(await must(firstLock(ME, lock))).toBe(true);
    expect((await beginWithWords(here)).ok).toBe(false);
    expect(opening()).toBe('shut');
    await must(openByWords(there));
    expect(opening()).toBe('open');
  }, 60_000);

  it('shows what another tab wrote while its words were being stretched', async () => {
    const words = await begun();
    shut();
    const lock = (await must(locksOf(ME))).find((one) => one.kind === 'passphrase');
    if (lock === undefined) throw new Error('no lock');
    const raw = await openWords(ME, words, lock);
    if (raw === null) throw new Error('no key');
    const other = await must(openSealed(ME, await dataKey(raw)));
    const opened = openByWords(words);
    await must(other.change(() => [{ do: 'keep', dossier: stopDossier }]));
    await must(opened);
    const seen: string[] = [];
    currentStore()?.observe(
      (reader) => reader.dossiersOf('stop'),
      (stops) => {
        if (stops.ok) seen.push(...stops.value.map(({ id }) => id));
      },
    );
    await vi.waitFor(() => {
      expect(seen).toContain(STOP);
    });
    other.close();
  }, 60_000);

  it('that begins anew after wrong words is another phone to the server, with nothing on it', async () => {
    const words = await begun();
    await must(setPin('2718'));
    const before = currentStore()?.device.id;
    shut();
    forgetPinForNow();
    expect((await openByWords([...words].reverse())).ok).toBe(false);
    await must(beginAnew());
    await must(beginWithWords(words));
    expect(currentStore()?.device.id).not.toBe(before);
    expect(hasPin()).toBe(false);
  }, 60_000);

  it('takes a PIN of four to six digits only', () => {
    const taken = ['1234', '123456'].map((pin) => PIN.test(pin));
    const refused = ['123', '1234567', '12a4', ''].map((pin) => PIN.test(pin));
    expect([...taken, ...refused]).toEqual([true, true, false, false, false, false]);
  });
});

describe('an untouched phone', () => {
  const told: string[] = [];
  const MINUTE = 60_000;
  const watch = (minutes: number, coverMinutes = 1): (() => void) =>
    watchIdle({
      minutes: () => minutes,
      coverMinutes: () => coverMinutes,
      cover: () => told.push('cover'),
      shut: () => told.push('shut'),
    });
  const pass = (milliseconds: number): void => {
    (ports as SeededPorts).advance(milliseconds);
  };

  beforeEach(() => {
    told.length = 0;
  });

  it('covers itself after a minute and shuts after five', () => {
    const end = watch(5);
    pass(MINUTE - 6_000);
    expect(told).toEqual([]);
    pass(6_000);
    expect(new Set(told)).toEqual(new Set(['cover']));
    pass(4 * MINUTE);
    expect(told.at(-1)).toBe('shut');
    end();
  });

  it('covers itself as late as the municipality says', () => {
    const end = watch(5, 3);
    pass(3 * MINUTE - 5_000);
    expect(told).toEqual([]);
    pass(5_000);
    expect(told).toEqual(['cover']);
    end();
  });

  it('shuts when its clock is set back, but not for a small correction of it', () => {
    const end = watch(5);
    const { clock } = ports;
    const back = (milliseconds: number): void => {
      ports.clock = { now: () => new Date(clock.now().getTime() - milliseconds) };
    };
    back(8_000);
    pass(5_000);
    expect(told).toEqual([]);
    back(10 * MINUTE);
    pass(5_000);
    expect(told.at(-1)).toBe('shut');
    end();
  });

  it('stays open under a hand that touches it', () => {
    const end = watch(5);
    for (let minute = 0; minute < 20; minute += 1) {
      pass(MINUTE / 2);
      document.dispatchEvent(new Event('pointerdown'));
    }
    expect(told).toEqual([]);
    end();
  });

  it('covers itself when it goes to the background, and not when its page goes for good', () => {
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const leaving = (persisted: boolean): Event =>
      Object.assign(new Event('pagehide'), { persisted });
    const end = watch(5);
    told.length = 0;
    window.dispatchEvent(leaving(false));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told).toEqual([]);
    window.dispatchEvent(leaving(true));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(told).toEqual(['cover']);
    end();
    hidden.mockRestore();
  });
});
