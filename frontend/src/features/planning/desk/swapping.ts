/** From the two people somebody wants in a round to the changes that make it so. Pure. */
import type { Board, Move, PlannedRound } from './shapes';

/** The other round in which this person goes at the same moment; null when they are free then. */
export function roundAtSameTime(
  board: Board,
  round: PlannedRound,
  personId: string,
): PlannedRound | null {
  const found = board.rounds.find(
    (one) =>
      one.id !== round.id &&
      one.date === round.date &&
      one.day_part === round.day_part &&
      one.pair.some(({ id }) => id === personId),
  );
  return found ?? null;
}

/**
 * Who is in another round at that moment changes places with who leaves this one; the others simply
 * come. Nothing when the pair stays as it is.
 */
export function movesForPair(board: Board, round: PlannedRound, wanted: readonly string[]): Move[] {
  const now = round.pair.map(({ id }) => id);
  const leave = now.filter((id) => !wanted.includes(id));
  const come = wanted.filter((id) => !now.includes(id));
  const moves: Move[] = [];
  let pair = now;
  come.forEach((personId, index) => {
    const goes = leave[index];
    const other = roundAtSameTime(board, round, personId);
    if (goes === undefined) return;
    pair = pair.map((id) => (id === goes ? personId : id));
    if (other === null) moves.push({ act: 'pair', round_id: round.id, pair });
    else
      moves.push({
        act: 'swap',
        round_id: round.id,
        account_id: goes,
        other_round_id: other.id,
        other_account_id: personId,
      });
  });
  return moves;
}
