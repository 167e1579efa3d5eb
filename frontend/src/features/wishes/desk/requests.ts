/** What residents answered to their letter: counts, numbers to call, and another code for a door. */
import { get, post } from '../../../api/client';
import type { DayPart } from '../../../lib/dates';
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';
import type { LetterDoors } from '../../letters/desk/requests';

export interface WishCounts {
  readonly another_time: number;
  readonly day_parts: Readonly<Record<DayPart, number>>;
  readonly rather_not: number;
  /** Groups of ten and more; all others are in `other_reasons`. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly other_reasons: number;
  readonly calls: number;
}

/** Somebody who asked to be called; once they were, there is no number any more. */
export interface CallRequest {
  readonly id: string;
  readonly campaign: string;
  readonly street: string;
  readonly number: string;
  readonly phone: string;
  readonly language: string;
  readonly asked_at: string;
  readonly done_at: string | null;
  readonly done_by: string | null;
}

export const readWishCounts = (campaignId: string): Answer<WishCounts> =>
  get(`/campaigns/${campaignId}/wish-counts`);
export const readCalls = (): Answer<CallRequest[]> => everyPage<CallRequest>('/call-requests');
export const finishCall = (id: string): Answer<unknown> => post(`/call-requests/${id}/done`);
export const findCodeDoors = (campaignId: string, text: string): Answer<LetterDoors> =>
  post(`/campaigns/${campaignId}/code-door-searches`, { text });
export const renewCode = (campaignId: string, addressId: string): Answer<unknown> =>
  post(`/campaigns/${campaignId}/code-renewals`, { address_id: addressId });
