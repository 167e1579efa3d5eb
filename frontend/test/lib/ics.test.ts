// @vitest-environment node
/** An appointment in a calendar: the right hour in summer and winter, and nothing of whom or where. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayOf, formatTime, type DayPart } from '../../src/lib/dates';
import { appointmentFile, escaped, folded } from '../../src/lib/ics';
import { replacePorts } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';

/** The Python tests read this one with a calendar library of their own. */
const KEPT = new URL('../../../tests/contract/appointments.ics', import.meta.url);
const BEGINS = { morning: '09:00', afternoon: '12:00', evening: '18:00' } as const;

let restore: () => void;
beforeEach(() => {
  restore = replacePorts(seededPorts(1, new Date('2026-02-03T13:00:00Z')));
});
afterEach(() => {
  restore();
});

const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const part = fc.constantFrom<DayPart>('morning', 'afternoon', 'evening');

/** As RFC 5545 reads it: lines that go on are joined, then name and value. */
function read(file: string): Record<string, string> {
  const lines = file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );
}

function instantOf(text: string): Date {
  const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(text) ?? [];
  const cut = (digits: string, at: readonly number[]): string[] =>
    at.map((from, index) => digits.slice(from, at[index + 1]));
  return new Date(`${cut(date, [0, 4, 6]).join('-')}T${cut(time, [0, 2, 4]).join(':')}Z`);
}

test('the hour is that of Amsterdam on that day, whatever the season', () => {
  fc.assert(
    fc.property(day, part, (date, chosen) => {
      const begins = instantOf(read(appointmentFile(date, chosen))['DTSTART'] ?? '');
      expect(dayOf(begins)).toBe(date);
      expect(formatTime(begins)).toBe(BEGINS[chosen]);
    }),
  );
});

test('without a part of the day it takes the whole day', () => {
  const said = read(appointmentFile('2026-03-03', ''));
  expect(said['DTSTART;VALUE=DATE']).toBe('20260303');
  expect(said['DURATION']).toBeUndefined();
});

test('it names a moment, and no other thing in the world', () => {
  fc.assert(
    fc.property(day, fc.option(part), (date, chosen) => {
      const {
        UID,
        DTSTART,
        'DTSTART;VALUE=DATE': whole,
        ...rest
      } = read(appointmentFile(date, chosen ?? ''));
      expect(UID).toMatch(/^[0-9a-f-]{36}$/);
      expect(DTSTART ?? whole).toBeDefined();
      delete rest['DURATION'];
      expect(rest).toEqual({
        BEGIN: 'VEVENT',
        END: 'VCALENDAR',
        VERSION: '2.0',
        PRODID: '-//Voordeur//Voordeur//NL',
        DTSTAMP: '20260203T130000Z',
        SUMMARY: 'Voordeur-afspraak',
        CLASS: 'PRIVATE',
      });
    }),
  );
});

test('two appointments are two, though the moment is the same', () => {
  const [one, other] = [1, 2].map(() => read(appointmentFile('2026-03-03', 'morning'))['UID']);
  expect(one).not.toBe(other);
});

test('no line is longer than 75 octets, and unfolded it is what it was', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(words, (said) => {
      const line = `SUMMARY:${escaped(said)}`;
      const pieces = folded(line).split('\r\n');
      for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(75);
      expect(pieces.map((piece, at) => (at === 0 ? piece : piece.slice(1))).join('')).toBe(line);
    }),
  );
});

test('what divides values is escaped, and comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\\', ';', ',', '\n', 'n') }), (said) => {
      const kept = escaped(said);
      expect(kept).not.toMatch(/\n|(?<!\\)(?:\\\\)*[;,]/);
      const back = kept.replaceAll(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
      expect(back).toBe(said);
    }),
  );
});

test('the file that another library reads is what comes out here', () => {
  const made = [
    appointmentFile('2026-02-10', 'afternoon'),
    appointmentFile('2026-07-14', 'evening'),
    appointmentFile('2026-03-03', ''),
  ].join('');
  expect(made).toBe(readFileSync(KEPT, 'utf8'));
});
