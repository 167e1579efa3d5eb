/**
 * How long a household may wait once it asked for help with debts: a first talk within four weeks,
 * within three working days in a crisis (Wet gemeentelijke schuldhulpverlening, article 4).
 */
import { addDays, daysBetween, type Day } from '../../../lib/dates';

const WEEKS = 4;
const CRISIS_WORKING_DAYS = 3;

/** Saturday and Sunday do not count. Public holidays do: the clock then errs on the early side. */
function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The day that lies `count` working days after `from`. */
export function addWorkingDays(from: Day, count: number): Day {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}

/** The last day for the first talk. */
export function firstTalkBy(askedOn: Day, crisis: boolean): Day {
  return crisis ? addWorkingDays(askedOn, CRISIS_WORKING_DAYS) : addDays(askedOn, WEEKS * 7);
}

export interface Clock {
  readonly by: Day;
  /** Working days left; negative when late, then in calendar days. */
  readonly left: number;
}

export function clockOf(askedOn: Day, crisis: boolean, now: Day): Clock {
  const by = firstTalkBy(askedOn, crisis);
  return { by, left: by < now ? daysBetween(now, by) : workingDaysBetween(now, by) };
}
