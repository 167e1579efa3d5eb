/** The board as the server gives it. */
import { get, getIfChanged, post, type Problem } from '../../../api/client';
import type { Day, DayPart } from '../../../lib/dates';
import type { Result } from '../../../lib/result';
import type { PairAlert } from '../../access/desk/pair-alert.svelte';

export interface Line {
  readonly id: string;
  readonly campaign: string;
  readonly day_part: DayPart;
  readonly state: 'published' | 'closed';
  readonly base: string;
  readonly pair: PairAlert['pair'];
  readonly doors: number;
  readonly done: number;
  readonly reached: number;
  readonly talks: number;
  readonly watch: 'waiting' | 'out' | 'done' | 'late';
  /** Somebody said so; else the first door did. */
  readonly checked_in: boolean;
  readonly until: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly last_contact_at: string | null;
}

export interface BoardShown {
  readonly day: Day;
  readonly tomorrow: number;
  readonly alerts: readonly PairAlert[];
  readonly rounds: readonly Line[];
}

export interface DoorTime {
  readonly street: string;
  readonly number: string;
  readonly outcome: string | null;
  readonly at: string | null;
}

export interface WatchedRoundShown {
  readonly date: Day;
  readonly line: Line;
  /** False once the times are gone, seven days later. */
  readonly times_kept: boolean;
  readonly doors: readonly DoorTime[];
}

type Answer<T> = Promise<Result<T, Problem>>;

/** The words with which somebody closes an alarm. */
export const CLOSINGS = {
  overdue: ['spoken', 'home'],
  help: ['helped', 'emergency', 'false_alarm'],
} as const satisfies Record<PairAlert['kind'], readonly string[]>;

export function readBoard(
  known: string,
): Answer<{ readonly tag: string; readonly value: BoardShown } | null> {
  return getIfChanged<BoardShown>('/watch/board', known);
}

export function readWatchedRound(roundId: string): Answer<WatchedRoundShown> {
  return get<WatchedRoundShown>(`/watch/rounds/${roundId}`);
}

export function takeAlert(alertId: string): Answer<null> {
  return post<null>(`/watch/alerts/${alertId}/taking`);
}

export function closeAlert(alertId: string, outcome: string): Answer<null> {
  return post<null>(`/watch/alerts/${alertId}/closing`, { outcome });
}
