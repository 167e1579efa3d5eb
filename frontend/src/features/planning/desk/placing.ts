/** Where doors of a plan are, where one fits with the least walking, and which way a step leads. */
import type { Place, Target } from './dragging';
import type { Spot } from './projecting';
import type { Board, LeftOut, Leg, PlannedRound, Visit } from './shapes';

/** A door that is in no round. */
export const NOWHERE = '';

/** A door with its place; in no round `roundId` is '' and the position counts among what was left out. */
export interface Placed {
  readonly door: Visit | LeftOut;
  readonly place: Place;
}

/** Every door of the plan, in the order of the list. */
export function everyDoor({ rounds, left_out: left }: Board): Placed[] {
  const planned = rounds.flatMap((round) =>
    round.legs.flatMap(({ number, visits }) =>
      visits.map((door, position) => ({
        door,
        place: { doorId: door.address_id, roundId: round.id, leg: number, position },
      })),
    ),
  );
  const other = left.map((door, position) => ({
    door,
    place: { doorId: door.address_id, roundId: NOWHERE, leg: 0, position },
  }));
  return [...planned, ...other];
}

/** Where a door is now; null when the plan has it no more. */
export function placeOf(board: Board, doorId: string): Placed | null {
  return everyDoor(board).find(({ door }) => door.address_id === doorId) ?? null;
}

/** One door up or down in its round, over the break too; null at an end. */
export function stepped(round: PlannedRound, { leg, position }: Place, by: 1 | -1): Target | null {
  const legs = round.legs;
  const at = legs.findIndex(({ number }) => number === leg);
  const here = legs[at];
  if (here === undefined) return null;
  const wanted = position + by;
  if (wanted >= 0 && wanted < here.visits.length) {
    return { roundId: round.id, leg, position: wanted };
  }
  const other = legs[at + by];
  if (other === undefined) return null;
  const end = by === 1 ? 0 : other.visits.length;
  return { roundId: round.id, leg: other.number, position: end };
}

function far(one: Spot, other: Spot): number {
  const narrow = Math.cos((one.lat * Math.PI) / 180);
  return Math.hypot(one.lat - other.lat, (one.lon - other.lon) * narrow);
}

function isSpot(place: { lat: number | null; lon: number | null } | undefined): place is Spot {
  return place !== undefined && place.lat !== null && place.lon !== null;
}

/**
 * Where a door adds the least walking to a round, as the crow flies; the server says afterwards what
 * it is on foot. Counted without the door itself, which may be in the round already.
 */
export function bestPlace(
  round: PlannedRound,
  door: Visit | LeftOut,
  base: { lat: number | null; lon: number | null },
): Target {
  let best: Target & { more: number } = {
    roundId: round.id,
    leg: round.legs[0]?.number ?? 0,
    position: 0,
    more: Infinity,
  };
  for (const leg of round.legs) {
    const others = leg.visits.filter(({ address_id: id }) => id !== door.address_id);
    for (let position = 0; position <= others.length; position += 1) {
      const more = detour([base, ...others, base], position, door);
      if (more < best.more) best = { roundId: round.id, leg: leg.number, position, more };
    }
  }
  return { roundId: best.roundId, leg: best.leg, position: best.position };
}

type Whereabouts = readonly { lat: number | null; lon: number | null }[];

function detour(stops: Whereabouts, position: number, door: Visit | LeftOut): number {
  const [before, after] = [stops[position], stops[position + 1]];
  if (!isSpot(door) || !isSpot(before) || !isSpot(after)) return position;
  return far(before, door) + far(door, after) - far(before, after);
}

/** The doors of a leg without one of them. */
export function othersOf(leg: Leg, doorId: string): Visit[] {
  return leg.visits.filter(({ address_id: id }) => id !== doorId);
}

/** The board with one door elsewhere, figures as they were: what shows until the server has answered. */
export function withMoved(board: Board, doorId: string, to: Target): Board {
  const found = placeOf(board, doorId);
  if (found === null) return board;
  const visit: Visit = { rings: '', leaves: '', metres: 0, ...found.door };
  const rounds = board.rounds.map((round) => ({
    ...round,
    legs: round.legs.map((leg) => {
      const visits = othersOf(leg, doorId);
      const here = round.id === to.roundId && leg.number === to.leg;
      return { ...leg, visits: here ? visits.toSpliced(to.position, 0, visit) : visits };
    }),
  }));
  const left = board.left_out.filter(({ address_id: id }) => id !== doorId);
  return { ...board, rounds, left_out: left };
}

/** Doors that did not fit for the same reason. */
export interface ReasonGroup {
  readonly reason: string;
  readonly text: string;
  readonly doors: readonly LeftOut[];
}

/** What did not fit, under its reasons; the reason of most doors first. */
export function byReason(left: readonly LeftOut[]): ReasonGroup[] {
  const groups = new Map<string, LeftOut[]>();
  for (const door of left) groups.set(door.reason, [...(groups.get(door.reason) ?? []), door]);
  return [...groups]
    .map(([reason, doors]) => ({ reason, text: doors[0]?.text ?? '', doors }))
    .sort((a, b) => b.doors.length - a.doors.length);
}
