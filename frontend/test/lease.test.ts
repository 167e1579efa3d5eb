/** Reading ends with its time, whatever the clock does; writing never does, and nothing is lost. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ports } from '../src/lib/ports';
import type { SeededPorts } from '../src/lib/ports-seeded';
import { navigate, route, startRouter } from '../src/lib/router.svelte';
import { readingEnds } from '../src/session/lease.svelte';
import { watchLease } from '../src/session/leasing.svelte';
import { beginAfterLapse } from '../src/session/anew';
import {
  beginWithWords,
  keepLease,
  leave,
  meet,
  openByPin,
  openByWords,
  opening,
  setPin,
  shut,
} from '../src/session/opening.svelte';
import { goesOn, isWriting } from '../src/session/places';
import { currentStore } from '../src/store/current';
import { locksOf } from '../src/store/keyring';
import { freshLease, isOver, leftOf, lookedAt } from '../src/store/lease';
import { syncOnce } from '../src/sync/once';
import { record } from '../src/sync/record';
import { serverKey } from './server-key';
import { ME, must, newPhone, STOP, type Phone } from './phone';
import { begun, wordList } from './words';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const TALK_SCREEN = `/talk/${STOP}/domains`;

describe('a lease', () => {
  const move = fc.record({
    /** How long passes until the next look; milliseconds. */
    passes: fc.integer({ min: 0, max: 3 * HOUR }),
    /** How far somebody moves the clock then. */
    set: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -DAY, max: DAY }),
      fc.constantFrom(-10 * YEAR, 10 * YEAR, -HOUR, HOUR),
    ),
  });

  it('is never longer than its hours on the highest clock the phone ever saw', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let clock = 0;
        let highest = 0;
        let lease = freshLease(72, clock);
        for (const { passes, set } of moves) {
          clock += passes + set;
          highest = Math.max(highest, clock);
          lease = lookedAt(lease, clock);
          if (highest >= 72 * HOUR) expect(isOver(lease)).toBe(true);
        }
      }),
    );
  });

  it('loses by a clock that is set back no more than what passed since the last look', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let clock = 0;
        let passed = 0;
        let unseen = 0;
        let lease = freshLease(72, clock);
        for (const { passes, set } of moves) {
          passed += passes;
          if (set < 0) unseen += passes;
          clock += passes + set;
          lease = lookedAt(lease, clock);
          expect(lease.used).toBeGreaterThanOrEqual(passed - unseen);
        }
      }),
    );
  });

  it('is whole again after a contact, also when the clock had been far ahead', () => {
    const ahead = lookedAt(freshLease(72, 0), 10 * YEAR);
    expect(isOver(ahead)).toBe(true);
    const renewed = freshLease(72, 10 * YEAR);
    expect(leftOf(lookedAt(renewed, 0))).toBe(72 * HOUR);
  });
});

describe('the places where somebody writes', () => {
  it('are talks and forms, and lead on to each other for one household only', () => {
    expect(['/talk/a', '/worry', '/worry/a', '/debrief/a'].map(isWriting)).not.toContain(false);
    expect(['/', '/door/a', '/aftercare', '/help', '/outbox'].map(isWriting)).not.toContain(true);
    expect(goesOn('/talk/a', '/plan/a/show')).toBe(true);
    expect(goesOn('/plan/a', '/handover/b')).toBe(true);
    expect(goesOn('/talk/a', '/talk/b')).toBe(false);
    expect(goesOn('/door/a', '/talk/a')).toBe(false);
  });
});

describe('a phone without contact', () => {
  let phone: Phone;
  let words: string[];
  let line: boolean;
  let sent: { why: string; boxes: { id: string }[] }[];
  let end: () => void;

  const pass = (milliseconds: number): void => {
    (ports as SeededPorts).advance(milliseconds);
  };
  const setClock = (by: number): void => {
    const { clock } = ports;
    ports.clock = { now: () => new Date(clock.now().getTime() + by) };
  };
  const answer = (url: string, init?: RequestInit): Promise<Response> => {
    if (url.endsWith('.txt') || url.includes('dutch')) return wordList();
    if (!line) return Promise.reject(new TypeError('line cut'));
    if (!url.endsWith('/v1/sealed-boxes')) return phone.server.fetch(url, init);
    const body = JSON.parse(init?.body as string) as (typeof sent)[number];
    sent.push(body);
    const outcomes = body.boxes.map(({ id }) => ({ id, outcome: 'quarantined', code: '' }));
    return Promise.resolve(
      new Response(JSON.stringify({ outcomes }), {
        headers: { 'Content-Type': 'application/json' },
      }),
    );
  };
  const goTo = async (path: string): Promise<void> => {
    navigate(path);
    await keepLease();
  };

  beforeEach(async () => {
    phone = await newPhone();
    leave();
    line = true;
    sent = [];
    ports.network.fetch = answer;
    const key = await serverKey('0e000000-0000-4000-8000-00000000000e');
    phone.server.dossiers.set(ME, key.profile);
    const load = (): never => {
      throw new Error('no screens here');
    };
    end = startRouter([
      route({ path: '/', area: 'phone', load }),
      route({ path: '/talk/:stopId/domains', area: 'phone', load }),
    ]);
    navigate('/');
    words = await begun();
    await contact();
    line = false;
  }, 60_000);

  afterEach(() => {
    end();
    leave();
  });

  async function contact(): Promise<void> {
    const store = currentStore();
    if (store === null) throw new Error('no store');
    await must(syncOnce(store));
  }

  it('reads for 72 hours, warns in the last twelve, and then closes: its locks are gone', async () => {
    pass(59 * HOUR);
    await keepLease();
    expect(readingEnds()).toBeNull();
    pass(2 * HOUR);
    await keepLease();
    expect(readingEnds()).toEqual(new Date('2026-02-06T13:00:00Z'));
    pass(11 * HOUR - 1);
    await keepLease();
    expect(opening()).toBe('open');
    pass(1);
    await keepLease();
    expect(opening()).toBe('lapsed');
    expect(currentStore()).toBeNull();
    expect(await must(locksOf(ME))).toEqual([]);
    leave();
    await meet(ME);
    expect(opening()).toBe('lapsed');
  }, 60_000);

  it('is looked at before its words open it', async () => {
    shut();
    pass(72 * HOUR);
    expect(await openByWords(words)).toEqual({ ok: false, error: 'lapsed' });
    expect(opening()).toBe('lapsed');
  }, 60_000);

  it('whose clock is set back every hour is not read a look longer for it', async () => {
    for (let hour = 0; hour < 72; hour += 1) {
      expect(opening()).toBe('open');
      pass(HOUR);
      await keepLease();
      setClock(-HOUR);
      await keepLease();
    }
    expect(opening()).toBe('lapsed');
  }, 60_000);

  it('closes ten years ahead, and a contact before that lets a wrong clock pass', async () => {
    setClock(10 * YEAR);
    line = true;
    await contact();
    setClock(-10 * YEAR);
    line = false;
    await keepLease();
    expect(opening()).toBe('open');
    setClock(10 * YEAR);
    await keepLease();
    expect(opening()).toBe('lapsed');
  }, 60_000);

  it('goes on with the talk that is open, however the clock is moved, and closes after it', async () => {
    await must(setPin('2718'));
    await goTo(TALK_SCREEN);
    for (const by of [DAY, -DAY, 10 * YEAR, -10 * YEAR, DAY]) {
      setClock(by);
      await keepLease();
      expect(opening()).toBe('open');
      await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    }
    shut();
    await must(openByPin('2718'));
    expect(opening()).toBe('open');
    await goTo('/');
    expect(opening()).toBe('lapsed');
  }, 60_000);

  it('opens no talk after its time that was not open before', async () => {
    pass(72 * HOUR);
    await goTo(TALK_SCREEN);
    expect(opening()).toBe('lapsed');
  }, 60_000);

  it('that is opened where there is a line asks the server, and is read on', async () => {
    leave();
    pass(400 * HOUR);
    line = true;
    await meet(ME);
    expect(opening()).toBe('shut');
    await must(openByWords(words));
    expect(opening()).toBe('open');
  }, 60_000);

  it('keeps what waited, and at the first contact brings all of it in and begins anew', async () => {
    await must(record({ kind: 'door.leave', dossier_id: STOP, body: { on: true } }));
    pass(72 * HOUR);
    await keepLease();
    expect(await beginAfterLapse()).toEqual({ ok: false, error: 'unheard' });
    expect(opening()).toBe('lapsed');
    line = true;
    const watching = watchLease();
    await vi.waitFor(() => {
      expect(opening()).toBe('choose');
    });
    watching();
    expect(sent.map(({ why, boxes }) => [why, boxes.length])).toEqual([['lapsed', 1]]);
    await must(beginWithWords(words));
    pass(71 * HOUR);
    await keepLease();
    expect(opening()).toBe('open');
  }, 60_000);
});
