/** How a line of the board reads: states and times in words. Pure. */
import { dayPartOf, formatTime, type DayPart } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { PairAlert } from '../../access/desk/pair-alert.svelte';
import type { Line } from './requests';

const ORDER: readonly DayPart[] = ['morning', 'afternoon', 'evening'];
const MINUTE = 60_000;

/** "zojuist", "12 minuten geleden", "om 14:30". */
export function agoWords(instant: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(instant)) / MINUTE));
  if (minutes < 1) return t('desk_watch.just_now');
  if (minutes < 60) return t('desk_watch.minutes_ago', { count: minutes });
  return t('desk_watch.at', { time: formatTime(instant) });
}

export type Standing = 'help' | 'overdue' | 'out' | 'not_begun' | 'not_heard' | 'done' | 'late';

/** Where a pair is; what somebody must call about comes before all else. */
export function standingOf(line: Line, alerts: readonly PairAlert[], now: Date): Standing {
  const own = alerts.filter(({ round_id }) => round_id === line.id);
  const urgent = own.find(({ kind }) => kind === 'help') ?? own[0];
  if (urgent !== undefined) return urgent.kind;
  if (line.watch === 'done' || line.state === 'closed') return 'done';
  if (line.watch !== 'waiting') return line.watch;
  return ORDER.indexOf(dayPartOf(now)) > ORDER.indexOf(line.day_part) ? 'not_heard' : 'not_begun';
}

const FIRST: readonly Standing[] = [
  'help',
  'overdue',
  'out',
  'not_heard',
  'late',
  'not_begun',
  'done',
];

/** Who must be called on top, then who is out; within those the longest quiet first. */
export function inOrder(
  lines: readonly Line[],
  alerts: readonly PairAlert[],
  now: Date,
): readonly { readonly line: Line; readonly standing: Standing }[] {
  const all = lines.map((line) => ({ line, standing: standingOf(line, alerts, now) }));
  const heard = ({ line }: { line: Line }): string => line.last_contact_at ?? '9';
  return all.sort(
    (one, other) =>
      FIRST.indexOf(one.standing) - FIRST.indexOf(other.standing) ||
      heard(one).localeCompare(heard(other)),
  );
}

/** "Onderweg tot 18:00", "Klaar om 17:40". */
export function standingWords(line: Line, standing: Standing): string {
  const { until, finished_at } = line;
  if (standing === 'out') return t('desk_watch.standing.out', { until });
  if (standing === 'overdue') return t('desk_watch.standing.overdue', { until });
  if (standing === 'done' && finished_at !== null) {
    return t('desk_watch.standing.done_at', { time: formatTime(finished_at) });
  }
  return t(`desk_watch.standing.${standing}`);
}
