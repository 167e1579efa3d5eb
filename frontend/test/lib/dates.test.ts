/** Days and times as read on screen, on both sides of summer time. The clock stands at di 3 feb 14:00. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  addDays,
  dayOf,
  dayPartOf,
  dayPartWord,
  daysBetween,
  formatDay,
  formatDayLong,
  formatInstant,
  formatTime,
  today,
} from '../../src/lib/dates';
import { setLanguage } from '../../src/lib/i18n.svelte';

afterEach(() => setLanguage('nl'));

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('days', () => {
  test('read as "di 3 feb", with the year only when it is another one', () => {
    expect(formatDay('2026-02-03')).toBe('di 3 feb');
    expect(formatDay('2026-03-01')).toBe('zo 1 mrt');
    expect(formatDay('2027-01-20')).toBe('wo 20 jan 2027');
    expect(formatDayLong('2026-02-03')).toBe('dinsdag 3 februari 2026');
  });

  test('read as English in English', async () => {
    await setLanguage('en');
    expect(formatDay('2026-02-03')).toBe('Tue 3 Feb');
    expect(dayPartWord('afternoon')).toBe('afternoon');
  });

  test('are those of Amsterdam, not of the phone or of UTC', () => {
    expect(today()).toBe('2026-02-03');
    expect(dayOf('2026-02-03T22:59:59Z')).toBe('2026-02-03');
    expect(dayOf('2026-02-03T23:00:00Z')).toBe('2026-02-04');
    expect(dayOf('2026-07-01T22:00:00Z')).toBe('2026-07-02');
  });

  test('count forth and back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (from, count) => {
        expect(daysBetween(from, addDays(from, count))).toBe(count);
      }),
    );
  });
});

describe('times', () => {
  test('read as "14:30" in Amsterdam', () => {
    expect(formatTime('2026-02-03T13:30:00Z')).toBe('14:30');
    expect(formatTime('2026-07-01T22:05:00Z')).toBe('00:05');
    expect(formatInstant('2026-02-03T13:30:00Z')).toBe('di 3 feb 14:30');
  });

  test('fall in the day parts of DDAS, at the border too', () => {
    expect(dayPartOf('2026-02-03T10:59:59Z')).toBe('morning');
    expect(dayPartOf('2026-02-03T11:00:00Z')).toBe('afternoon');
    expect(dayPartOf('2026-02-03T16:59:59Z')).toBe('afternoon');
    expect(dayPartOf('2026-02-03T17:00:00Z')).toBe('evening');
    expect(dayPartWord('morning')).toBe('ochtend');
  });
});
