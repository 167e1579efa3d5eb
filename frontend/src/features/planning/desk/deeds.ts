/** Changes by hand, and what becomes of one that a colleague was in front of. Pure. */
import type { Target } from './dragging';
import { bestPlace, placeOf } from './placing';
import type { Board, Move } from './shapes';

/** Something somebody did on the board. */
export interface Deed {
  readonly moves: readonly Move[];
  /** What happened, in words: said and shown. */
  readonly words: string;
  /** The door in front of which a door was put; null at the end of its leg. */
  readonly before?: string | null;
}

/** Put a door there. */
export function movesTo(board: Board, doorId: string, to: Target, words: string): Deed {
  const leg = board.rounds
    .find(({ id }) => id === to.roundId)
    ?.legs.find(({ number }) => number === to.leg);
  const others = leg?.visits.filter(({ address_id: id }) => id !== doorId) ?? [];
  const { roundId: round_id, leg: number, position } = to;
  return {
    moves: [{ act: 'move', address_id: doorId, round_id, leg: number, position }],
    words,
    before: others[position]?.address_id ?? null,
  };
}

/**
 * The same deed on a board that a colleague changed meanwhile: in front of the same door, else where
 * it adds the least walking. Null when what it was about is gone.
 */
export function renewed(deed: Deed, board: Board): Deed | null {
  const moves: Move[] = [];
  for (const move of deed.moves) {
    const again = renewedMove(move, deed.before ?? null, board);
    if (again === null) return null;
    moves.push(again);
  }
  return { ...deed, moves };
}

function renewedMove(move: Move, before: string | null, board: Board): Move | null {
  switch (move.act) {
    case 'move':
      return renewedPlace(move, before, board);
    case 'leave':
    case 'lock':
    case 'unlock':
      return placeOf(board, move.address_id) === null ? null : move;
    case 'swap':
      return walks(board, move.round_id, move.account_id) &&
        walks(board, move.other_round_id, move.other_account_id)
        ? move
        : null;
    case 'pair':
    case 'reverse':
      return board.rounds.some(({ id }) => id === move.round_id) ? move : null;
  }
}

function walks(board: Board, roundId: string, accountId: string): boolean {
  const round = board.rounds.find(({ id }) => id === roundId);
  return round?.pair.some(({ id }) => id === accountId) === true;
}

function renewedPlace(
  move: Extract<Move, { act: 'move' }>,
  before: string | null,
  board: Board,
): Move | null {
  const found = placeOf(board, move.address_id);
  const round = board.rounds.find(({ id }) => id === move.round_id);
  if (found === null || round === undefined) return null;
  for (const { number, visits } of round.legs) {
    const others = visits.filter(({ address_id: id }) => id !== move.address_id);
    const position = others.findIndex(({ address_id: id }) => id === before);
    if (position >= 0) return { ...move, leg: number, position };
    if (before === null && number === move.leg) return { ...move, position: others.length };
  }
  const { leg, position } = bestPlace(round, found.door, board.base);
  return { ...move, leg, position };
}
