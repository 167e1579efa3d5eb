/** A phone that starts again asks for its words at once: before its database is open. */
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { ports } from '../src/lib/ports';
import { leave, lockKinds, meet, openByWords, opening } from '../src/session/opening.svelte';
import { storeLost } from '../src/session/standing.svelte';
import { ME, must, newPhone } from './phone';
import { begun, wordList } from './words';

const OTHER = '0a000000-0000-4000-8000-000000000002';

beforeEach(async () => {
  localStorage.clear();
  await newPhone();
  leave();
  ports.network.fetch = wordList;
});

describe('after a restart', () => {
  it('asks for the words before the database was looked at, and waits for it to open them', async () => {
    const words = await begun();
    leave();
    const meeting = meet(ME);
    expect(opening()).toBe('shut');
    expect(lockKinds()).toEqual(['passphrase']);
    await must(openByWords(words));
    await meeting;
    expect(opening()).toBe('open');
  });

  it('asks nothing of an account that it does not know', async () => {
    await begun();
    leave();
    const meeting = meet(OTHER);
    expect(opening()).toBe('nobody');
    await meeting;
    expect(opening()).toBe('choose');
  });

  it('lets a new lock be chosen when the store is gone after all', async () => {
    await begun();
    leave();
    await Dexie.delete(`voordeur-sealed-${ME}`);
    const meeting = meet(ME);
    expect(opening()).toBe('shut');
    await meeting;
    expect(opening()).toBe('choose');
    // That work may be gone is said until there is a lock again.
    expect(storeLost()).toBe(true);
    await begun();
    expect(storeLost()).toBe(false);
  });

  it('says nothing of the kind on a phone that never had a store', async () => {
    await meet(ME);
    expect([opening(), storeLost()]).toEqual(['choose', false]);
  });
});
