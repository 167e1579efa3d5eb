/** A small plan for tests: two rounds on one moment, and one door in none. */
import type {
  Board,
  LeftOut,
  PlannedRound,
  Visit,
  Walker,
} from '../../src/features/planning/desk/shapes';

export const walker = (id: string): Walker => ({ id, first_name: id, name: `${id} X` });

export const visit = (id: string, lon = 5): Visit => ({
  address_id: id,
  street: 'Wilgenhof',
  number: id,
  postcode: '8881SA',
  lat: 52,
  lon,
  kind: 'first',
  language: '',
  window: null,
  expects: null,
  locked: false,
  rings: '13:00',
  leaves: '13:08',
  metres: 10,
});

export const leftOut = (id: string): LeftOut => ({
  ...visit(id, 5.0015),
  reason: 'not-enough-time',
  text: 'Er is nergens tijd voor.',
});

export const round = (id: string, pair: string[], ...legs: string[][]): PlannedRound => ({
  id,
  date: '2026-02-03',
  day_part: 'afternoon',
  begins: '13:00',
  ends: '16:00',
  pause: null,
  pair: pair.map(walker),
  round_id: null,
  differs: true,
  done: 0,
  doors: legs.flat().length,
  metres: 100,
  minutes: 2,
  legs: legs.map((ids, number) => ({
    number,
    sets_out: '13:00',
    back_at: '15:00',
    metres_back: 10,
    visits: ids.map((door, place) => visit(door, 5 + place / 1000)),
  })),
  broken: [],
});

export const board = (change: Partial<Board> = {}): Board => ({
  id: 'p',
  campaign_id: 'c',
  state: 'proposed',
  version: 'v1',
  changed_by: null,
  first_day: '2026-02-03',
  last_day: '2026-02-03',
  made_at: '2026-02-03T12:00:00Z',
  published_at: null,
  search: null,
  base: { name: 'De Schakel', lat: 52, lon: 4.999, certain: true },
  times: {
    morning: { begins: '09:30', ends: '12:00', pause: null },
    afternoon: { begins: '13:00', ends: '16:00', pause: null },
    evening: { begins: '18:00', ends: '20:00', pause: null },
  },
  minutes: { first: 8, again: 5, later: 30, aftercare: 45 },
  rounds: [round('A', ['anna', 'bram'], ['a1', 'a2'], ['a3']), round('B', ['cor', 'dirk'], ['b1'])],
  left_out: [leftOut('x')],
  people: [],
  totals: { rounds: 2, doors: 4, left_out: 1, metres: 200, minutes: 4 },
  can_undo: false,
  can_redo: false,
  ...change,
});
