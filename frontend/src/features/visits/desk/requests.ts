/** Rounds at the desk: what came of each door in outcome words, never what was said. */
import { get, post, put, remove } from '../../../api/client';
import type { DayPart } from '../../../lib/dates';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';
import type { StreetName } from '../../territory/desk/requests';

export type RoundState = 'draft' | 'published' | 'closed';

export interface Volunteer {
  readonly id: string;
  readonly first_name: string;
  readonly name: string;
}

export interface StreetToDo extends StreetName {
  readonly doors: number;
  /** Doors that may go in a new round now. */
  readonly to_do: number;
}

export interface Round {
  readonly id: string;
  readonly campaign_id: string;
  readonly date: string;
  readonly day_part: DayPart;
  readonly state: RoundState;
  readonly pair: readonly { readonly id: string; readonly first_name: string }[];
  readonly doors: number;
  readonly done: number;
  readonly reached: number;
  readonly talks: number;
}

export interface Stop {
  readonly id: string;
  readonly position: number;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly outcome: string | null;
  readonly reached: boolean | null;
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly notices: readonly string[];
  readonly hold: string | null;
  readonly left: boolean;
}

export interface RoundWithStops extends Round {
  readonly stops: readonly Stop[];
  readonly counts: Readonly<Record<string, number>>;
}

export interface NewRound {
  readonly date: string;
  readonly day_part: DayPart;
  readonly pair: readonly string[];
  readonly streets: readonly StreetName[];
  readonly most_doors: number | null;
  /** Why somebody rings before the letter has lain there long enough; "" when nobody asked. */
  readonly letter_reason: string;
}

/** Doors to do in the chosen streets, and those that this moment and this pair fit. */
export interface Fitting {
  readonly to_do: number;
  readonly fits: number;
}

export interface RoundChange {
  readonly date: string;
  readonly day_part: DayPart;
  readonly pair: readonly string[];
  /** In this order; what is left out leaves the round. */
  readonly stop_ids: readonly string[];
  readonly letter_reason: string;
}

/** A door that was not safe: closed for all until the supervisor decides. */
export interface DoorHold {
  readonly id: string;
  /** Where it was found so, and whom to call; null once the round is gone. */
  readonly round: {
    readonly id: string;
    readonly date: string;
    readonly day_part: DayPart;
    readonly pair: readonly (Volunteer & { readonly phone: string })[];
  } | null;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly kind: string;
  readonly set_at: string;
  readonly campaign_id: string | null;
}

/** Another language, or a later moment: waits for planning. */
export interface Wish {
  readonly street: string;
  readonly number: string;
  readonly language: string | null;
  readonly later: { readonly date: string; readonly day_part: DayPart | '' } | null;
}

export const readVolunteers = (campaignId: string): Answer<Volunteer[]> =>
  everyPage<Volunteer>(`/campaigns/${campaignId}/volunteers`);
export const readStreetsToDo = (campaignId: string): Answer<StreetToDo[]> =>
  everyPage<StreetToDo>(`/campaigns/${campaignId}/streets`);
export const readRounds = (campaignId: string): Answer<Round[]> =>
  everyPage<Round>(`/campaigns/${campaignId}/rounds`);
export const readWishes = (campaignId: string): Answer<Wish[]> =>
  everyPage<Wish>(`/campaigns/${campaignId}/wishes`);
export const createRound = (campaignId: string, body: NewRound): Answer<RoundWithStops> =>
  post(`/campaigns/${campaignId}/rounds`, body);

export const previewRound = (campaignId: string, body: NewRound): Answer<Fitting> =>
  post(`/campaigns/${campaignId}/round-preview`, body);

export const readRound = (id: string): Answer<RoundWithStops> => get(`/rounds/${id}`);
export const changeRound = (id: string, body: RoundChange): Answer<RoundWithStops> =>
  put(`/rounds/${id}`, body);
export const removeRound = (id: string): Answer<unknown> => remove(`/rounds/${id}`);
export const publishRound = (id: string): Answer<unknown> => post(`/rounds/${id}/publication`);
export const closeRound = (id: string): Answer<unknown> => post(`/rounds/${id}/closing`);

export const readHolds = (): Answer<DoorHold[]> => everyPage<DoorHold>('/door-holds');
export const decideHold = (id: string, keep: boolean, months: number | null): Answer<unknown> =>
  post(`/door-holds/${id}/decision`, { keep, months });
