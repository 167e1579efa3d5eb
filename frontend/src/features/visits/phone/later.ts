/** Moments to come back at that fit most people, so that one tap is enough. Pure. */
import { addDays, dayOf, dayPartOf, type Day, type DayPart } from '../../../lib/dates';

export interface Moment {
  readonly date: Day;
  readonly day_part: DayPart;
}

const PARTS: readonly DayPart[] = ['morning', 'afternoon', 'evening'];
const MOST = 4;

function nextSaturday(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, (6 - weekday + 7) % 7 || 7);
}

function isAfter(a: Moment, b: Moment): boolean {
  if (a.date !== b.date) return a.date > b.date;
  return PARTS.indexOf(a.day_part) > PARTS.indexOf(b.day_part);
}

/**
 * Up to four moments after now and on or before the campaign's last day: later today, tomorrow at
 * another day part, Saturday, the same moment next week. Earliest first.
 */
export function laterChoices(now: Date, lastDay: Day): Moment[] {
  const here: Moment = { date: dayOf(now), day_part: dayPartOf(now) };
  const { date } = here;
  const wished: Moment[] = [
    { date, day_part: 'evening' },
    { date: addDays(date, 1), day_part: 'afternoon' },
    { date: addDays(date, 1), day_part: 'evening' },
    { date: nextSaturday(date), day_part: 'morning' },
    { date: addDays(date, 7), day_part: here.day_part },
  ];
  const fit = wished
    .filter((moment) => isAfter(moment, here) && moment.date <= lastDay)
    .sort((a, b) => (isAfter(a, b) ? 1 : -1));
  const unique = fit.filter(
    (moment, index) =>
      fit.findIndex((m) => m.date === moment.date && m.day_part === moment.day_part) === index,
  );
  return unique.slice(0, MOST);
}

/** What does not fit in a chosen moment: keys of texts, beside the field they belong to. */
export interface LaterFaults {
  date?: string;
  part?: string;
}

/** A day between today and the campaign's last one, and a day part that is still to come. */
export function laterFaults(
  date: string,
  part: DayPart | null,
  now: Date,
  lastDay: Day,
): LaterFaults {
  const here = dayOf(now);
  const faults: LaterFaults = {};
  if (date === '') faults.date = 'visits.later.no_day';
  else if (date < here) faults.date = 'visits.later.past';
  else if (date > lastDay) faults.date = 'visits.later.too_late';
  if (part === null) faults.part = 'visits.later.no_part';
  else if (date === here && PARTS.indexOf(part) < PARTS.indexOf(dayPartOf(now))) {
    faults.part = 'visits.later.past_part';
  }
  return faults;
}
