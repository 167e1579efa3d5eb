/** Hand-overs as a team sees them: only what the household shared. */
import { get, post } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export type Urgency = 'crisis' | 'soon' | 'ordinary';
export type State =
  'offered' | 'seen' | 'accepted' | 'refused' | 'returned' | 'closed' | 'withdrawn';

export interface Waiting {
  readonly id: string;
  readonly urgency: Urgency;
  readonly state: State;
  readonly received_at: string;
  readonly team_id: string;
  readonly address: { readonly street: string; readonly number: string };
  readonly debt_help_asked_on: string | null;
  readonly coach: string | null;
}

export interface Contact {
  readonly called_name: string;
  readonly channel: 'phone' | 'mail' | 'visit';
  readonly value: string;
  readonly when: string;
  readonly voicemail_ok: boolean;
}

export interface SharedDomain {
  readonly domain: string;
  readonly answer: string;
  readonly notes: readonly string[];
  readonly advices: readonly string[];
}

export interface SharedStep {
  readonly text: string;
  readonly who: string;
  readonly who_name: string;
  readonly by: string | null;
  readonly status: string;
}

export interface SharedGoal {
  readonly domain: string;
  readonly text: string;
  readonly steps: readonly SharedStep[];
}

export interface HandoverEvent {
  readonly state: State;
  readonly by: string | null;
  readonly reason: string;
  readonly words: string;
  readonly at: string;
}

export interface Dossier extends Waiting {
  readonly why: string;
  readonly company_wanted: boolean;
  readonly called_at: string | null;
  readonly called_name: string | null;
  readonly contact: Contact | null;
  readonly consent: {
    readonly given_at: string;
    readonly text_version: string;
    readonly asked_by: string | null;
  } | null;
  readonly domains: readonly SharedDomain[];
  readonly plan: { readonly goals: readonly SharedGoal[] } | null;
  readonly debt_help: { readonly asked_on: string } | null;
  readonly events: readonly HandoverEvent[];
  readonly author: string;
  readonly guide_id: string;
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
