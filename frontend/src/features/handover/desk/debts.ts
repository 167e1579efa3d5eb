/** Requests for debt help that came without a hand-over: name, contact and request, no talk. */
import { post } from '../../../api/client';
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';
import type { Contact, Waiting } from './requests';

export interface DebtRequest {
  readonly id: string;
  readonly crisis: boolean;
  readonly asked_on: string;
  /** Null once they moved. */
  readonly address: Waiting['address'];
  readonly first_talk_by: string;
  /** Working days until then, below zero: calendar days past it; null once taken on. */
  readonly first_talk_left: number | null;
  /** A first name; null while nobody sees to it. */
  readonly taken_by: string | null;
  readonly taken_on_at: string | null;
  readonly ending: DebtEnding | '';
}

export interface OpenedDebtRequest extends DebtRequest {
  readonly called_name: string | null;
  readonly contact: Contact | null;
  readonly asked_by: string;
  /** Whether I may close it or put it back. */
  readonly may_end: boolean;
}

export const DEBT_ENDINGS = ['talk_held', 'no_contact', 'not_needed'] as const;
export type DebtEnding = (typeof DEBT_ENDINGS)[number];

/** The clock as a hand-over has it, so that both read alike. */
export function clockOf(
  request: DebtRequest,
): Pick<Waiting, 'debt_help_asked_on' | 'first_talk_by' | 'first_talk_left'> {
  const { asked_on, first_talk_by, first_talk_left } = request;
  return { debt_help_asked_on: asked_on, first_talk_by, first_talk_left };
}

export const readDebtRequests = (closed: boolean): Answer<DebtRequest[]> =>
  everyPage<DebtRequest>(closed ? '/debt-help-requests?state=closed' : '/debt-help-requests');
/** Each look is written down, so it is asked with a POST. */
export const openDebtRequest = (id: string): Answer<OpenedDebtRequest> =>
  post(`/debt-help-requests/${id}/opening`, {});
export const takeOnDebtRequest = (id: string): Answer<unknown> =>
  post(`/debt-help-requests/${id}/acceptance`, {});
export const putBackDebtRequest = (id: string): Answer<unknown> =>
  post(`/debt-help-requests/${id}/return`, {});
export const closeDebtRequest = (id: string, ending: DebtEnding): Answer<unknown> =>
  post(`/debt-help-requests/${id}/closing`, { ending });
