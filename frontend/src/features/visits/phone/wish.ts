/** What a resident asked for on the page behind their letter, as short as a badge. */
import { dayPartWord, formatDay } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { StopBody } from '../../../store/dossiers';

/** "liever avond · vanaf di 3 feb"; nothing once there is an outcome, or where nobody may ring. */
export function wishWords({ wish, attempt, hold }: StopBody): string[] {
  if (wish === undefined || attempt !== null || hold !== null) return [];
  const { day_parts: parts, first_day: first, last_day: last } = wish;
  return [
    t('visits.wish', { parts: parts.map(dayPartWord).join(' / ') }),
    ...(first === null ? [] : [t('visits.wish.from', { day: formatDay(first) })]),
    ...(last === null ? [] : [t('visits.wish.until', { day: formatDay(last) })]),
  ];
}
