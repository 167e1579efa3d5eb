/** How rounds, doors and lengths of a plan read. */
import { dayPartWord, formatDay } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import { languageName } from '../../../lib/languages';
import type { Person, PlannedDoor, PlannedRound, Walker } from './shapes';

/** "850 m", "1,9 km". */
export function lengthWords(metres: number): string {
  if (metres < 1000) return t('desk_planning.metres', { metres });
  const km = (metres / 1000).toFixed(1);
  return t('desk_planning.km', { km: km.replace('.', t('desk_planning.decimal')) });
}

/** "34 min", "1 u 05". */
export function minutesWords(minutes: number): string {
  if (minutes < 60) return t('desk_planning.minutes', { minutes });
  const rest = String(minutes % 60).padStart(2, '0');
  return t('desk_planning.hours', { hours: Math.floor(minutes / 60), minutes: rest });
}

/** "Anna en Joost". */
export function pairWords(pair: readonly Walker[]): string {
  return pair.map(({ first_name: name }) => name).join(` ${t('desk_planning.and')} `);
}

/** "di 3 feb · middag". */
export function momentWords({
  date,
  day_part: part,
}: Pick<PlannedRound, 'date' | 'day_part'>): string {
  return `${formatDay(date)} · ${dayPartWord(part)}`;
}

/** When they are back at the base for good. */
export function backAt(round: PlannedRound): string {
  const walked = round.legs.filter(({ visits }) => visits.length > 0);
  return walked.at(-1)?.back_at ?? round.begins;
}

/** "12 deuren · 1,9 km en 34 min lopen · terug om 16:10". */
export function figuresWords(round: PlannedRound): string {
  if (round.doors === 0) return t('desk_planning.stays_free');
  return [
    t('desk_planning.doors', { count: round.doors }),
    t('desk_planning.walking', {
      length: lengthWords(round.metres),
      minutes: minutesWords(round.minutes),
    }),
    t('desk_planning.back_at', { time: backAt(round) }),
  ].join(' · ');
}

export function doorName({ street, number }: Pick<PlannedDoor, 'street' | 'number'>): string {
  return `${street} ${number}`;
}

/** What planning must know of a door: why, when, in what language, by whom. */
export function doorNotes(door: PlannedDoor): string[] {
  return [
    door.kind === 'first' ? '' : t(`desk_planning.kind.${door.kind}`),
    door.window === null
      ? ''
      : t('desk_planning.appointment', { moment: momentWords(door.window) }),
    door.language === ''
      ? ''
      : t('desk_planning.speaks', { language: languageName(door.language) }),
    door.expects === null ? '' : t('desk_planning.expects', { name: door.expects.first_name }),
  ].filter(Boolean);
}

/** "Anna de Wit (mentor)": what matters when two people are chosen. */
export function personWords(person: Person): string {
  const notes = [
    person.mentor ? t('desk_planning.mentor') : '',
    person.starts_with_mentor ? t('desk_planning.new_person') : '',
    person.cleared_until === null ? t('desk_planning.no_certificate') : '',
  ].filter(Boolean);
  return notes.length === 0 ? person.name : `${person.name} (${notes.join(', ')})`;
}
