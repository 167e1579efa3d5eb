/** What somebody does with doors and rounds on the board, with the words that say it was done. */
import { t } from '../../../lib/i18n.svelte';
import type { PlanDesk } from './board.svelte';
import { movesTo } from './deeds';
import type { Drop } from './dragging';
import { letterOf } from './marks';
import { bestPlace, NOWHERE, placeOf } from './placing';
import type { Board, PlannedDoor, PlannedRound } from './shapes';
import { doorName } from './words';

export function letterOfRound(board: Board, roundId: string): string {
  return letterOf(board.rounds.findIndex(({ id }) => id === roundId));
}

/** The number of a place in its round, over both legs, from 1. */
function numberIn(round: PlannedRound, leg: number, position: number): number {
  const before = round.legs.filter(({ number }) => number < leg);
  return before.reduce((sum, { visits }) => sum + visits.length, position + 1);
}

/** Put a door there, or take it out of every round; true when it was done. */
export async function putDoor(desk: PlanDesk, doorId: string, drop: Drop): Promise<boolean> {
  const board = desk.shown;
  const found = placeOf(board, doorId);
  if (found === null) return false;
  const name = doorName(found.door);
  if (drop.roundId === NOWHERE) {
    const words = t('desk_planning.left', { door: name });
    return desk.act({ moves: [{ act: 'leave', address_id: doorId }], words });
  }
  const round = board.rounds.find(({ id }) => id === drop.roundId);
  if (round === undefined) return false;
  const { leg, position } = drop;
  const to =
    position === null
      ? bestPlace(round, found.door, board.base)
      : { roundId: round.id, leg, position };
  const words = t('desk_planning.moved', {
    door: name,
    letter: letterOfRound(board, round.id),
    place: numberIn(round, to.leg, to.position),
  });
  return desk.act(movesTo(board, doorId, to, words));
}

/** Keep a door in its round, also when the rest is planned anew; or let it go again. */
export function turnLock(desk: PlanDesk, door: PlannedDoor): Promise<boolean> {
  const act = door.locked ? 'unlock' : 'lock';
  const words = t(`desk_planning.${act}ed`, { door: doorName(door) });
  return desk.act({ moves: [{ act, address_id: door.address_id }], words });
}

/** The doors of a round the other way round. */
export function reverse(desk: PlanDesk, roundId: string): Promise<boolean> {
  const words = t('desk_planning.reversed', { letter: letterOfRound(desk.shown, roundId) });
  return desk.act({ moves: [{ act: 'reverse', round_id: roundId }], words });
}
