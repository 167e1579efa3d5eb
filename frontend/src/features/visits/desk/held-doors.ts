/** Doors where nobody rings, as supervisor and coordinator see them. */
import { post } from '../../../api/client';
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';

export interface HeldDoor {
  readonly id: string;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly kind: string;
  readonly set_at: string;
  readonly set_by: string;
  readonly decided_by: string;
  /** A day (ISO), or null where there is no end to it. */
  readonly ends_on: string | null;
  readonly informed_on: string | null;
  readonly objected_on: string | null;
}

export const REASONS = ['moved', 'resident_asked', 'mistake'] as const;
export type Why = (typeof REASONS)[number];

export const readHeldDoors = (): Answer<HeldDoor[]> => everyPage<HeldDoor>('/held-doors');
export const liftHold = (id: string, why: Why): Answer<unknown> =>
  post(`/held-doors/${id}/lifting`, { why });
export const noteTelling = (id: string, informedOn: string, objectedOn: string): Answer<unknown> =>
  post(`/held-doors/${id}/telling`, { informed_on: informedOn, objected_on: objectedOn });
