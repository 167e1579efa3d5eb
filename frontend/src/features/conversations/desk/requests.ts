/** Volunteers who asked to be called after a heavy talk. What the talk was about is not here. */
import { post } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export interface CallMe {
  readonly id: string;
  readonly first_name: string;
  readonly phone: string;
  readonly feeling: string;
  readonly date: string;
  readonly received_at: string;
  readonly taken_by: string | null;
  readonly called_by: string | null;
  readonly called_at: string | null;
}

export const readCallMe = (): Answer<CallMe[]> => everyPage<CallMe>('/debriefs');
export const readAnsweredCalls = (): Answer<CallMe[]> => everyPage<CallMe>('/debriefs/answered');
export const taken = (id: string): Answer<unknown> => post(`/debriefs/${id}/taking`);
export const called = (id: string): Answer<unknown> => post(`/debriefs/${id}/call`);
