/** Mutations that could not be applied, kept whole until a person decides. */
import { post, upload } from '../../../api/client';
import { map } from '../../../lib/result';
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
  /** A concern, or a hand-over in a crisis. */
  readonly urgent: boolean;
}

/** What came of a rescue file. */
export interface Rescued {
  readonly author: string;
  readonly ids: readonly string[];
}

export type Settlement = 'apply' | 'discard';

/** What cannot wait first; else the oldest. */
export const readQuarantine = async (): Answer<Quarantined[]> =>
  map(await everyPage<Quarantined>('/quarantine'), (lines) =>
    [...lines].sort((a, b) => Number(b.urgent) - Number(a.urgent)),
  );
export const sendRescueFile = (file: File): Answer<Rescued> =>
  upload('/quarantine/rescue-files', file);
export const openQuarantined = (id: string, reason: string): Answer<{ readonly body: unknown }> =>
  post(`/quarantine/${id}/opening`, { reason });
export const settleQuarantined = (
  id: string,
  decision: Settlement,
  reason: string,
): Answer<unknown> => post(`/quarantine/${id}/settlement`, { decision, reason });
