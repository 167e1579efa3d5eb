/** What the map of a plan is given: doors, and the rounds they are in. */
import type { Mark } from './marks';
import type { Spot } from './projecting';

export interface MapDoor extends Spot {
  readonly id: string;
  readonly street: string;
  /** "Wilgenhof 12": said beside it when it is chosen. */
  readonly name: string;
  /** Null when it is in no round. */
  readonly roundId: string | null;
  /** Its number in the round, from 1; 0 in no round. */
  readonly number: number;
  readonly locked: boolean;
}

export interface MapRound {
  readonly id: string;
  readonly mark: Mark;
  /** The way from the base past the doors and back. */
  readonly way: readonly Spot[];
}
