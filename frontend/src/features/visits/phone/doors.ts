/**
 * The doors of a round as the list shows them: order, what is done, which one is next, the counts.
 * Pure, so that the rules can be read and tested without a screen.
 */
import type { DayPart, Day } from '../../../lib/dates';
import type { Id, Outcome, RoundBody, StopBody } from '../../../store/dossiers';

export interface Door {
  readonly id: Id;
  readonly body: StopBody;
  /** Is something of it on this phone only? */
  readonly pending: boolean;
}

export interface WalkList {
  /** Every door of the round, in walking order; those that go to others count as done. */
  readonly doors: readonly Door[];
  readonly done: readonly Door[];
  readonly open: readonly Door[];
  /** The first open door, the one that stands unfolded. */
  readonly next: Door | null;
  /** Doors of the round that are not on this phone yet. */
  readonly missing: number;
}

/** Nothing more to do here this round: something was recorded, nobody may ring, or others go. */
export function isDone({ attempt, hold, left }: StopBody): boolean {
  return attempt !== null || hold !== null || left;
}

/** The round's doors in its own order; a second household stands right after the first. */
export function walkList(round: RoundBody, stops: readonly Door[]): WalkList {
  const known = new Map(stops.map((stop) => [stop.id, stop]));
  const found = round.stops.flatMap(({ id, position }) => {
    const door = known.get(id);
    return door === undefined ? [] : [{ door, position }];
  });
  const second = ({ body }: Door): number => (body.split_of === null ? 0 : 1);
  found.sort((a, b) => a.position - b.position || second(a.door) - second(b.door));
  const doors = found.map(({ door }) => door);
  const open = doors.filter(({ body }) => !isDone(body));
  return {
    doors,
    open,
    done: doors.filter(({ body }) => isDone(body)),
    next: open[0] ?? null,
    missing: round.stops.length - found.length,
  };
}

/** "Wilgenhof 12" */
export function doorName({ address }: Pick<StopBody, 'address'>): string {
  return `${address.street} ${address.number}`;
}

/** Is this the first of two households behind one door? Then it says so, like the second. */
export function isFirstOfTwo({ id }: Pick<Door, 'id'>, doors: readonly Door[]): boolean {
  return doors.some(({ body }) => body.split_of === id);
}

/** The how-manieth visit this is: 1 when nobody was here before. */
export function visitNumber(body: StopBody): number {
  return body.earlier.length + 1;
}

/** Is there an appointment for this very round? Others are for a later day. */
export function isExpected(body: StopBody, round: Pick<RoundBody, 'date'>): boolean {
  return body.attempt === null && body.appointment?.date === round.date;
}

/** The open doors behind the same shared front door, this one among them; [] without one. */
export function behindEntrance(door: Door, doors: readonly Door[]): Door[] {
  const { entrance, postcode } = door.body.address;
  if (entrance === '') return [];
  return doors.filter(
    ({ id, body }) =>
      body.address.entrance === entrance &&
      body.address.postcode === postcode &&
      (id === door.id || !isDone(body)),
  );
}

/** The words of a door, in the order in which a summary lists them. */
export const OUTCOME_ORDER: readonly Outcome[] = [
  'conversation',
  'conversation_without_notes',
  'later',
  'spoke_briefly',
  'not_home',
  'refused',
  'other_language',
  'someone_else',
  'leaflet',
  'no_access',
  'empty',
  'not_a_home',
  'unsafe',
];

export interface OutcomeCount {
  readonly outcome: Outcome;
  readonly count: number;
}

/** How often each outcome came up, in the order of a summary; what did not come up is left out. */
export function countOutcomes(doors: readonly Door[]): OutcomeCount[] {
  return OUTCOME_ORDER.map((outcome) => ({
    outcome,
    count: doors.filter(({ body }) => body.attempt?.outcome === outcome).length,
  })).filter(({ count }) => count > 0);
}

export interface RoundItem {
  readonly id: Id;
  readonly body: RoundBody;
}

export interface Rounds {
  /** The round to walk now, or the one that was walked today. */
  readonly now: RoundItem | null;
  /** Walked before, never closed: earliest first. */
  readonly unclosed: readonly RoundItem[];
  /** Today's other rounds and those of coming days, earliest first. */
  readonly coming: readonly RoundItem[];
  readonly closed: readonly RoundItem[];
}

const PARTS: readonly DayPart[] = ['morning', 'afternoon', 'evening'];

function moment({ date, day_part }: RoundBody): string {
  return `${date} ${String(PARTS.indexOf(day_part))}`;
}

/** Which of today's open rounds: that of this day part, else the next, else the last one before. */
function roundOfNow(todays: readonly RoundItem[], part: DayPart): RoundItem | null {
  const at = PARTS.indexOf(part);
  const later = todays.find(({ body }) => PARTS.indexOf(body.day_part) >= at);
  return later ?? todays.at(-1) ?? null;
}

/** Sort the rounds on this phone into what is now, was left open, comes, and is closed. */
export function sortRounds(rounds: readonly RoundItem[], today: Day, part: DayPart): Rounds {
  const ordered = [...rounds].sort((a, b) => moment(a.body).localeCompare(moment(b.body)));
  const open = ordered.filter(({ body }) => body.state === 'published');
  const closed = ordered.filter(({ body }) => body.state === 'closed');
  const openNow = roundOfNow(
    open.filter(({ body }) => body.date === today),
    part,
  );
  const now = openNow ?? closed.filter(({ body }) => body.date === today).at(-1) ?? null;
  const others = open.filter((round) => round !== now);
  const before = now?.body.date === today ? moment(now.body) : `${today} `;
  return {
    now,
    unclosed: others.filter(({ body }) => moment(body) < before),
    coming: others.filter(({ body }) => moment(body) >= before),
    closed: closed.filter((round) => round !== now),
  };
}

/** The first name of who walks along, or names joined where there are more. */
export function partnerOf({ pair }: RoundBody, me: Id): string {
  return pair
    .filter(({ id }) => id !== me)
    .map(({ first_name }) => first_name)
    .join(', ');
}
