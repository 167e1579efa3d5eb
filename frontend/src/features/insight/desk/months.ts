/** Months of a calendar: "2026-02", and the weeks that show it, from Monday on. */
import { addDays, type Day } from '../../../lib/dates';
import { language } from '../../../lib/i18n.svelte';

const DAYS_A_WEEK = 7;

export const monthOf = (day: Day): string => day.slice(0, 7);

function next(month: string): string {
  // The 28th and four days later is always in the month after.
  return monthOf(addDays(`${month}-28`, 4));
}

/** Every month from that of the first day to that of the last. */
export function monthsFrom(first: Day, last: Day): string[] {
  const found: string[] = [];
  for (let month = monthOf(first); month <= monthOf(last); month = next(month)) found.push(month);
  return found;
}

/** The weeks of a month, whole: days of the months beside it fill the first and the last. */
export function weeksOf(month: string): Day[][] {
  const weekday = (new Date(`${month}-01T12:00:00Z`).getUTCDay() + 6) % DAYS_A_WEEK;
  const weeks: Day[][] = [];
  let day = addDays(`${month}-01`, -weekday);
  while (monthOf(day) <= month) {
    const monday = day;
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((count) => addDays(monday, count)));
    day = addDays(day, DAYS_A_WEEK);
  }
  return weeks;
}

/** "februari 2026". */
export function monthName(month: string): string {
  const shown = new Intl.DateTimeFormat(language(), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return shown.format(new Date(`${month}-15T12:00:00Z`));
}
