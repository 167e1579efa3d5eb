/** A lock may take long to open, and meanwhile somebody else may have come. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import { beginAnew } from '../src/session/anew';
import {
  forgetPinForNow,
  hasPin,
  leave,
  meet,
  openByWords,
  opening,
  setPin,
  shut,
  whoOpens,
} from '../src/session/opening.svelte';
import { closeStore, currentStore, openStore } from '../src/store/current';
import { ME, must, newPhone, phoneKey } from './phone';
import { begun, wordList } from './words';

const OTHER = '0a000000-0000-4000-8000-000000000002';

beforeEach(async () => {
  localStorage.clear();
  await newPhone();
  leave();
  ports.network.fetch = wordList;
});

describe('a phone whose lock opens too late', () => {
  /** Happens as the box of the lock is opened: the words were stretched, and that took long. */
  function meanwhile(act: () => Promise<void>): void {
    const real = crypto.subtle.decrypt.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'decrypt').mockImplementationOnce(async (...said) => {
      await act();
      return real(...said);
    });
  }

  it('opens nothing for nobody once its user left', async () => {
    const words = await begun();
    shut();
    meanwhile(() => {
      leave();
      return Promise.resolve();
    });
    expect(await openByWords(words)).toEqual({ ok: false, error: 'wrong' });
    expect(opening()).toBe('nobody');
    expect(currentStore()).toBeNull();
  }, 60_000);

  it('opens nothing for somebody else who came, and their own words still do', async () => {
    const words = await begun();
    const others = await begun(OTHER);
    await meet(ME);
    meanwhile(() => meet(OTHER));
    expect(await openByWords(words)).toEqual({ ok: false, error: 'wrong' });
    expect([opening(), whoOpens()]).toEqual(['shut', OTHER]);
    expect(currentStore()).toBeNull();
    await must(openByWords(others));
    expect(currentStore()?.accountId).toBe(OTHER);
  }, 60_000);

  it('does not open the store that was made anew with a key of before', async () => {
    const words = await begun();
    await must(setPin('2718'));
    shut();
    forgetPinForNow();
    meanwhile(async () => {
      await must(beginAnew());
    });
    expect(await openByWords(words)).toEqual({ ok: false, error: 'wrong' });
    expect(opening()).toBe('choose');
    expect(hasPin()).toBe(false);
  }, 60_000);

  it('opens no store that was shut while it was being read', async () => {
    await newPhone();
    const { accountId } = currentStore()!;
    closeStore();
    const opened = openStore(accountId, await phoneKey());
    closeStore();
    expect(await opened).toEqual({ ok: false, error: { kind: 'closed' } });
    expect(currentStore()).toBeNull();
  });
});
