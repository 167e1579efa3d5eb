/** When a phone asks its pair whether they are done: by its own clock, without a line. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outState, plusMinutes, untilFrom, untilLonger } from '../../src/features/visits/out';
import { OutClock } from '../../src/features/visits/phone/out-clock.svelte';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts, type SeededPorts } from '../../src/lib/ports-seeded';
import type { RoundBody } from '../../src/store/dossiers';

// A Tuesday, 17:50 in Amsterdam.
const START = new Date('2026-02-03T16:50:00Z');
const MINUTE = 60_000;
const round = {
  date: '2026-02-03',
  day_part: 'afternoon',
  state: 'published',
} as unknown as RoundBody;
const said = (watch: Partial<NonNullable<RoundBody['watch']>>): RoundBody => ({
  ...round,
  watch: { started: true, finished: false, until: '18:00', help: null, ...watch },
});

let ports: SeededPorts;
let putBack: () => void;

beforeEach(() => {
  ports = seededPorts(1, START);
  putBack = replacePorts(ports);
});
afterEach(() => {
  putBack();
});

describe('where a pair is in its day', () => {
  it('has not begun until somebody says so, or a door was done', () => {
    expect(outState(round, false, START)).toBe('not_begun');
    expect(outState(round, true, START)).toBe('out');
    expect(outState(said({}), false, START)).toBe('out');
  });

  it('is asked for from the end on, and not a minute before', () => {
    expect(outState(said({}), false, new Date('2026-02-03T16:59:59Z'))).toBe('out');
    expect(outState(said({}), false, new Date('2026-02-03T17:00:00Z'))).toBe('overdue');
    expect(outState(said({ until: '18:30' }), true, new Date('2026-02-03T17:10:00Z'))).toBe('out');
  });

  it('is never asked for who is back, whose round is closed, or of another day', () => {
    const late = new Date('2026-02-03T19:00:00Z');
    expect(outState(said({ finished: true }), true, late)).toBe('back');
    expect(outState({ ...round, state: 'closed' }, true, late)).toBe('back');
    expect(outState({ ...round, date: '2026-02-02' }, true, late)).toBe('other_day');
  });
});

describe('until when', () => {
  it('is the end of the day part, or an hour for who begins after it', () => {
    expect(untilFrom(round, START)).toBe('18:00');
    expect(untilFrom(round, new Date('2026-02-03T17:40:00Z'))).toBe('19:40');
  });

  it('becomes half an hour more from now or from the end, whichever is later', () => {
    expect(untilLonger(said({}), START)).toBe('18:30');
    expect(untilLonger(said({}), new Date('2026-02-03T17:10:00Z'))).toBe('18:40');
  });

  it('never goes past midnight', () => {
    expect(plusMinutes('23:50', 30)).toBe('23:59');
    expect(plusMinutes('09:05', 5)).toBe('09:10');
  });
});

describe('the clock of the screen', () => {
  it('goes on by itself, and stops with the screen', () => {
    const clock = new OutClock();
    const end = clock.run();
    expect(outState(said({}), false, clock.now)).toBe('out');
    ports.advance(10 * MINUTE);
    expect(outState(said({}), false, clock.now)).toBe('overdue');
    end();
    const stood = clock.now;
    ports.advance(10 * MINUTE);
    expect(clock.now).toBe(stood);
  });
});
