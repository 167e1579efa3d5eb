/** Hand-overs as a team sees them: only what the household shared. */
import { get, post } from '../../../api/client';
import { ok, orElse } from '../../../lib/result';
import { readAdviceTitles, type AdviceTitle } from '../../guides/desk/requests';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';
import { may, whoAmI } from '../../access/desk/who.svelte';

export type Urgency = 'crisis' | 'soon' | 'ordinary';
export type State =
  'offered' | 'seen' | 'accepted' | 'refused' | 'returned' | 'closed' | 'withdrawn';

export interface Waiting {
  readonly id: string;
  readonly urgency: Urgency;
  /** By the hand-over, or by the request for debt help alone. */
  readonly crisis: boolean;
  readonly state: State;
  readonly received_at: string;
  readonly team_id: string;
  /** Null once it is no longer shared. */
  readonly address: { readonly street: string; readonly number: string } | null;
  readonly debt_help_asked_on: string | null;
  /** The last day for the first talk about debts; the server reckons it. */
  readonly first_talk_by: string | null;
  /** Working days until then; below zero: calendar days past it. */
  readonly first_talk_left: number | null;
  readonly coach: string | null;
}

export interface Contact {
  readonly channel: 'phone' | 'mail' | 'visit';
  readonly value: string;
  readonly when: string;
  readonly voicemail_ok: boolean;
}

export interface SharedDomain {
  readonly domain: string;
  /** Null when it was not discussed. */
  readonly answer: string | null;
  readonly notes: readonly string[];
  readonly advices: readonly string[];
}

export interface SharedStep {
  readonly text: string;
  readonly who: string;
  readonly who_name: string;
  /** A moment in the household's own words; '' when none was named. */
  readonly by: string;
  readonly status: string;
}

export interface SharedGoal {
  readonly domain: string;
  readonly text: string;
  readonly steps: readonly SharedStep[];
}

export interface HandoverEvent {
  readonly state: State;
  readonly by: string;
  readonly reason: string;
  readonly words: string;
  readonly at: string;
}

/** The shared part of a dossier; once it ended or was withdrawn only states and dates. */
export interface Dossier extends Waiting {
  readonly why: string | null;
  readonly company_wanted: boolean | null;
  readonly called_at: string | null;
  readonly called_name: string | null;
  readonly contact: Contact | null;
  readonly consent: {
    readonly given_at: string;
    readonly text_version: string;
    readonly asked_by: string;
  } | null;
  readonly domains: readonly SharedDomain[];
  readonly plan: { readonly goals: readonly SharedGoal[] } | null;
  readonly events: readonly HandoverEvent[];
  readonly author: string;
  readonly guide_id: string | null;
}

export const REFUSALS = [
  'not_our_task',
  'outside_district',
  'already_known',
  'no_capacity',
  'not_enough_information',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export const ENDINGS = ['helped', 'referred', 'no_contact', 'not_needed', 'stopped'] as const;
export type Ending = (typeof ENDINGS)[number];

export const readWaiting = (closed: boolean): Answer<Waiting[]> =>
  everyPage<Waiting>(closed ? '/handovers?state=closed' : '/handovers');
export const readDossier = (id: string): Answer<Dossier> => get(`/handovers/${id}`);
/** A dossier and the words of its advices; without the guide the keys still say what was meant. */
export async function readWithTitles(
  id: string,
): Answer<{ shared: Dossier; titles: readonly AdviceTitle[] }> {
  const dossier = await readDossier(id);
  if (!dossier.ok) return dossier;
  const { guide_id: guide } = dossier.value;
  await whoAmI();
  const titles = guide !== null && may('guide.read') ? await readAdviceTitles(guide) : ok([]);
  return ok({ shared: dossier.value, titles: orElse(titles, []) });
}

export const accept = (id: string): Answer<unknown> => post(`/handovers/${id}/acceptance`, {});
export const refuse = (id: string, reason: Refusal, words: string): Answer<unknown> =>
  post(`/handovers/${id}/refusal`, { reason, words });
export const ask = (id: string, words: string): Answer<unknown> =>
  post(`/handovers/${id}/question`, { words });
export const close = (
  id: string,
  outcome: Ending,
  words: string,
  feedback: string,
): Answer<unknown> => post(`/handovers/${id}/closing`, { outcome, words, feedback });
