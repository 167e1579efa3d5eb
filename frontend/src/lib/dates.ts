/**
 * Days, times and day parts as people read them. A day is "2026-02-03" in Europe/Amsterdam; an
 * instant is an ISO string or Date in UTC. Words are our own tables: browsers do not agree on
 * "sep" and "sept.", and paper, mail and screen must.
 */
import { language, t } from './i18n.svelte';
import { ports } from './ports';

/** ISO calendar date, "YYYY-MM-DD". */
export type Day = string;
export type DayPart = 'morning' | 'afternoon' | 'evening';

const WEEKDAYS = {
  nl: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;
const MONTHS = {
  nl: 'januari februari maart april mei juni juli augustus september oktober november december',
  en: 'January February March April May June July August September October November December',
} as const;
/** "maart" shortens to "mrt", not to its first three letters. */
const SHORT_MARCH = { nl: 'mrt', en: 'Mar' } as const;

const amsterdam = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

type Parts = Readonly<Record<string, string>>;

/** The minute that was last asked for, and its parts: a screen asks for "now" many times over. */
let last: { readonly minute: number; readonly parts: Parts } = { minute: NaN, parts: {} };

function parts(instant: Date | string): Parts {
  const date = typeof instant === 'string' ? new Date(instant) : instant;
  const minute = Math.floor(date.getTime() / 60_000);
  if (minute !== last.minute) {
    const found = amsterdam.formatToParts(date).map(({ type, value }) => [type, value]);
    last = { minute, parts: Object.fromEntries(found) as Parts };
  }
  return last.parts;
}

/** The calendar day in Amsterdam at this instant. */
export function dayOf(instant: Date | string): Day {
  const { year = '', month = '', day = '' } = parts(instant);
  return `${year}-${month}-${day}`;
}

export function today(): Day {
  return dayOf(ports.clock.now());
}

/** Morning before 12:00, afternoon to 18:00, evening from 18:00 (DDAS). */
export function dayPartOf(instant: Date | string): DayPart {
  const hour = Number(parts(instant)['hour']);
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** The word for a day part: "ochtend", "middag" or "avond". */
export function dayPartWord(part: DayPart): string {
  return t(`common.day_part.${part}`);
}

function utc(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function words(day: Day): { weekday: string; date: number; month: string; short: string } {
  const at = utc(day);
  const month = MONTHS[language()].split(' ')[at.getUTCMonth()] ?? '';
  return {
    weekday: WEEKDAYS[language()][at.getUTCDay()] ?? '',
    date: at.getUTCDate(),
    month,
    short: at.getUTCMonth() === 2 ? SHORT_MARCH[language()] : month.slice(0, 3),
  };
}

/** "maandag" for 1 to "zondag" for 7, as ISO counts them. */
export function weekdayWord(weekday: number): string {
  return WEEKDAYS[language()][weekday % 7] ?? '';
}

/** "ma", "Mon". */
export function shortWeekday(weekday: number): string {
  return weekdayWord(weekday).slice(0, language() === 'nl' ? 2 : 3);
}

/** "di 3 feb"; the year joins when it is not this year. */
export function formatDay(day: Day): string {
  const { weekday, date, short } = words(day);
  const lead = weekday.slice(0, language() === 'nl' ? 2 : 3);
  const year = day.slice(0, 4);
  return `${lead} ${String(date)} ${short}${year === today().slice(0, 4) ? '' : ` ${year}`}`;
}

/** "dinsdag 3 februari 2026", for where it is read aloud. */
export function formatDayLong(day: Day): string {
  const { weekday, date, month } = words(day);
  return `${weekday} ${String(date)} ${month} ${day.slice(0, 4)}`;
}

/** "14:30" in Amsterdam. */
export function formatTime(instant: Date | string): string {
  const { hour = '', minute = '' } = parts(instant);
  return `${hour}:${minute}`;
}

/** "di 3 feb 14:30". */
export function formatInstant(instant: Date | string): string {
  return `${formatDay(dayOf(instant))} ${formatTime(instant)}`;
}

export function addDays(day: Day, count: number): Day {
  const at = utc(day);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` lies earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000);
}
