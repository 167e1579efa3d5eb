/** Concerns of volunteers. The list says nothing of what was seen; opening one needs a reason. */
import { post } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export interface ConcernLine {
  readonly id: string;
  readonly reporter: string;
  readonly received_at: string;
  readonly state: string;
  readonly decision: string;
}

export interface ConcernFacts {
  readonly facts: string;
  readonly address: {
    readonly street: string;
    readonly number: string;
    readonly postcode: string;
    readonly city: string;
  } | null;
  readonly reporter: string;
  readonly phone: string;
}

export const DECISIONS = ['advice_asked', 'passed_on', 'nothing_to_do'] as const;
export type Decision = (typeof DECISIONS)[number];

export const readConcerns = (): Answer<ConcernLine[]> => everyPage<ConcernLine>('/concerns');
export const openConcern = (id: string, reason: string): Answer<ConcernFacts> =>
  post(`/concerns/${id}/opening`, { reason });
export const decideConcern = (id: string, decision: Decision, weighing: string): Answer<unknown> =>
  post(`/concerns/${id}/decision`, { decision, weighing });
