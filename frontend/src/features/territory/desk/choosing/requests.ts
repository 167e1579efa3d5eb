/** What a choice of doors comes to. */
import { post } from '../../../../api/client';
import type { Answer } from '../../../access/desk/requests';
import type { StreetName } from '../requests';
import type { Choice } from './choice';

/** A street of the choice: its doors in it, those that stay, and all it has. */
export interface FoundStreet extends StreetName {
  readonly inside: number;
  readonly doors: number;
  readonly whole: number;
}

export const REASONS = ['left_out', 'held', 'not_a_home', 'visited'] as const;
export type Reason = (typeof REASONS)[number];

/** `inside` is `doors` and all that are excluded together. */
export interface Counts {
  readonly inside: number;
  readonly homes: number;
  readonly excluded: Readonly<Record<Reason, number>>;
  readonly entrances: number;
  readonly doors: number;
  readonly areas: readonly number[];
  readonly streets: readonly FoundStreet[];
}

/** `until`: the last day somebody would ring (ISO), or ''. */
export const countDoors = (choice: Choice, until: string): Answer<Counts> =>
  post('/door-counts', { choice, until });
