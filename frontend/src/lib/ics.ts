/**
 * An appointment as a calendar takes it (RFC 5545), made here, so that it needs no line. A calendar
 * on a phone is read by others and copied to who knows where: it gets a moment, and no door or name.
 */
import { dayOf, formatTime, type Day, type DayPart } from './dates';
import { ports } from './ports';

const TITLE = 'Voordeur-afspraak';
/** When a part of the day begins, in Amsterdam: a morning when people can be called upon. */
const BEGINS: Readonly<Record<DayPart, string>> = {
  morning: '09:00',
  afternoon: '12:00',
  evening: '18:00',
};
const HOUR = 3_600_000;
/** A line has at most 75 octets, those that begin with a space go on with the one before. */
const LONGEST_LINE = 75;

const encoder = new TextEncoder();

/** The whole file. */
export function appointmentFile(date: Day, part: DayPart | ''): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Voordeur//Voordeur//NL',
    'BEGIN:VEVENT',
    `UID:${ports.random.uuid()}`,
    `DTSTAMP:${utcText(ports.clock.now())}`,
    ...when(date, part),
    `SUMMARY:${escaped(TITLE)}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function when(date: Day, part: DayPart | ''): string[] {
  if (part === '') return [`DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`];
  return [`DTSTART:${utcText(inAmsterdam(date, BEGINS[part]))}`, 'DURATION:PT1H'];
}

/** The instant at which it is so late in Amsterdam on that day, in winter and in summer. */
function inAmsterdam(date: Day, time: string): Date {
  const asUtc = new Date(`${date}T${time}:00Z`).getTime();
  const summer = new Date(asUtc - 2 * HOUR);
  const fits = dayOf(summer) === date && formatTime(summer) === time;
  return fits ? summer : new Date(asUtc - HOUR);
}

/** "20260203T133000Z" */
function utcText(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Words as a value: what divides values, and new lines, are said with a backslash. */
export function escaped(words: string): string {
  return words.replaceAll(/[\\;,]/g, (mark) => `\\${mark}`).replaceAll(/\r\n|\r|\n/g, '\\n');
}

/** A line in pieces of at most 75 octets; no letter is cut in two. */
export function folded(line: string): string {
  let room = LONGEST_LINE;
  let out = '';
  for (const letter of line) {
    const octets = encoder.encode(letter).length;
    if (octets > room) {
      out += '\r\n ';
      room = LONGEST_LINE - 1;
    }
    out += letter;
    room -= octets;
  }
  return out;
}
