/** The talks of a day, to talk over afterwards. Pure. */
import type { Day } from '../../../lib/dates';
import type { Id, StopBody } from '../../../store/dossiers';

export interface Talk {
  readonly id: Id;
  readonly body: StopBody;
}

const TALKED: readonly string[] = ['conversation', 'conversation_without_notes'];

/** Doors where there was a talk on this day, in walking order. */
export function talksOf(stops: readonly Talk[], day: Day): Talk[] {
  return stops
    .filter(({ body: { attempt } }) => attempt?.date === day && TALKED.includes(attempt.outcome))
    .sort((a, b) => a.body.position - b.body.position);
}
