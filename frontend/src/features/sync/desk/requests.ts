/** Mutations that could not be applied, kept whole until a person decides. */
import { post } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export interface Quarantined {
  readonly id: string;
  readonly author: string;
  readonly address: { readonly street: string; readonly number: string } | null;
  readonly kind: string;
  readonly reason: string;
  readonly received_at: string;
  readonly state: string;
}

export type Settlement = 'apply' | 'discard';

export const readQuarantine = (): Answer<Quarantined[]> => everyPage<Quarantined>('/quarantine');
export const openQuarantined = (id: string, reason: string): Answer<{ readonly body: unknown }> =>
  post(`/quarantine/${id}/opening`, { reason });
export const settleQuarantined = (
  id: string,
  decision: Settlement,
  reason: string,
): Answer<unknown> => post(`/quarantine/${id}/settlement`, { decision, reason });
