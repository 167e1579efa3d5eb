/** How a volunteer reads: their certificate, their week, when they are away, their experience. */
import { dayPartWord, formatDay, shortWeekday, type DayPart } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import { languageName } from '../../../lib/languages';
import { compareText } from '../../../lib/text';
import { experienceOf } from './draft';
import type { Absence, Clearance, Volunteer, WeeklyDayPart } from './requests';

export const DAY_PARTS: readonly DayPart[] = ['morning', 'afternoon', 'evening'];
export const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** Without a valid certificate nobody goes to a door. */
export function mayGo({ clearance }: { readonly clearance: Clearance }): boolean {
  return clearance === 'cleared' || clearance === 'ends_soon';
}

/** "In orde", "Verlopen", "Geen VOG". */
export function standingWord({ clearance }: Volunteer): string {
  return t(`desk_volunteers.clearance.${clearance}`);
}

/** "tot en met di 3 feb 2028", "liep tot en met …"; '' for who has no certificate. */
export function untilWords({ clearance, cleared_until: until }: Volunteer): string {
  if (until === null || clearance === 'none') return '';
  const key = clearance === 'expired' ? 'was_until' : 'until';
  return t(`desk_volunteers.${key}`, { day: formatDay(until) });
}

/** "In orde, tot en met di 3 feb 2028". */
export function certificateWords(one: Volunteer): string {
  return [standingWord(one), untilWords(one)].filter(Boolean).join(', ');
}

/** "ma ochtend en avond · wo middag"; '' for nothing. */
export function weekWords(week: readonly WeeklyDayPart[]): string {
  const days = WEEKDAYS.map((weekday) => {
    const parts = DAY_PARTS.filter((part) =>
      week.some((one) => one.weekday === weekday && one.day_part === part),
    );
    return parts.length === 0
      ? ''
      : `${shortWeekday(weekday)} ${parts.map(dayPartWord).join(', ')}`;
  });
  return days.filter(Boolean).join(' · ');
}

/** "di 3 feb", or "di 3 feb tot en met vr 6 feb". */
export function awayWords(absences: readonly Absence[]): string {
  return absences
    .map(({ first_day, last_day }) => {
      if (first_day === last_day) return formatDay(first_day);
      const days = { first: formatDay(first_day), last: formatDay(last_day) };
      return t('desk_volunteers.away_days', days);
    })
    .join(' · ');
}

/** "Arabisch, Turks", in the order of the alphabet. */
export function languageWords(codes: readonly string[]): string {
  return codes.map(languageName).sort(compareText).join(', ');
}

export function experienceWords(one: Volunteer): string {
  return t(`desk_volunteers.experience.${experienceOf(one)}`);
}
