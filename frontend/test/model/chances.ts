/** How often what happens in a run: what a seed draws from. */
import { DESK_WEIGHTS } from './desk';
import type { Age, Mishap } from './line';

/** How long a story is: short ones are many, long ones get to what only time brings together. */
export const STEPS = { 10: 60, 30: 25, 90: 15 };
/** Small, so that a town of six doors comes in parts; or what the server gives everywhere. */
export const PART_BYTES = { small: 2_500, real: 256 * 1024 };
/** How many phones: mostly the few of one round. */
export const PHONES = { 2: 40, 3: 32, 4: 18, 5: 4, 6: 2, 7: 2, 8: 2 };
/**
 * In the first everybody says what they have to say; who hears there to be reported lost is a new phone
 * in the second, of which its owner's other one hears in the third. After that all must be equal.
 */
export const ROUNDS_OF_REST = 3;
export const MISHAPS: Readonly<Record<Mishap, number>> = {
  fine: 60,
  'drop-request': 6,
  'drop-answer': 12,
  delay: 3,
  twice: 6,
  cut: 3,
  'cut-short': 2,
  'half-request': 2,
  unwell: 2,
  portal: 2,
  meanwhile: 8,
  'server-killed': 6,
};
export const AGES: Readonly<Record<Age, number>> = { today: 50, old: 30, newer: 20 };
/** A request says some two hundred things to the database at most. */
export const STATEMENTS = 120;
export const STEP_WEIGHTS = {
  act: 50,
  sync: 28,
  crash: 6,
  late: 3,
  loose: 2,
  age: 2,
  ...DESK_WEIGHTS,
};
