/** Incidents of volunteers: the list says nothing of what happened; one of them says all. */
import { get, post } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export const OUTCOMES = ['talked', 'support', 'reported', 'nothing_needed'] as const;
export type IncidentOutcome = (typeof OUTCOMES)[number];

export interface IncidentLine {
  readonly id: string;
  readonly first_name: string;
  readonly phone: string;
  readonly kind: string;
  readonly date: string;
  readonly day_part: 'morning' | 'afternoon' | 'evening';
  readonly hurt: boolean;
  readonly call_now: boolean;
  readonly received_at: string;
  readonly taken_by: string | null;
  readonly called_by: string | null;
  readonly called_at: string | null;
  readonly outcome: IncidentOutcome | '';
  readonly closed_at: string | null;
}

export interface Incident extends IncidentLine {
  readonly facts: string;
  readonly note: string;
  readonly closed_by: string | null;
}

export const readIncidents = (): Answer<IncidentLine[]> => everyPage<IncidentLine>('/incidents');
export const readIncident = (id: string): Answer<Incident> => get(`/incidents/${id}`);
export const takeIncident = (id: string): Answer<Incident> => post(`/incidents/${id}/taking`);
export const callAboutIncident = (id: string): Answer<Incident> => post(`/incidents/${id}/call`);
export const closeIncident = (
  id: string,
  outcome: IncidentOutcome,
  note: string,
): Answer<Incident> => post(`/incidents/${id}/closing`, { outcome, note });
