/** Plans of rounds at the desk: what the server proposes, searches, keeps and publishes. */
import { get, post, remove } from '../../../api/client';
import type { DayPart } from '../../../lib/dates';
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';
import type { Board, IllAnswer, IllBody, Move, PlanBody, PlanLine, Proposal } from './shapes';

export interface Period {
  readonly first_day: string;
  readonly last_day: string;
}

export const readProposal = (campaignId: string, period: Period): Answer<Proposal> =>
  post(`/campaigns/${campaignId}/round-plan-proposal`, period);
export const startPlan = (campaignId: string, body: PlanBody): Answer<Board> =>
  post(`/campaigns/${campaignId}/round-plans`, body);
export const readPlans = (campaignId: string): Answer<PlanLine[]> =>
  everyPage<PlanLine>(`/campaigns/${campaignId}/round-plans`);

export const readPlan = (id: string): Answer<Board> => get(`/round-plans/${id}`);
export const stopSearch = (id: string): Answer<Board> => post(`/round-plans/${id}/stop`);
export const changePlan = (id: string, version: string, moves: readonly Move[]): Answer<Board> =>
  post(`/round-plans/${id}/moves`, { version, moves });
export const undoChange = (id: string, version: string): Answer<Board> =>
  post(`/round-plans/${id}/undo`, { version });
export const redoChange = (id: string, version: string): Answer<Board> =>
  post(`/round-plans/${id}/redo`, { version });
export const searchAgain = (id: string, version: string): Answer<Board> =>
  post(`/round-plans/${id}/solve-again`, { version });
export const publishPlan = (
  id: string,
  version: string,
  roundIds: readonly string[],
): Answer<Board> => post(`/round-plans/${id}/publication`, { version, round_ids: roundIds });
export const discardPlan = (id: string): Answer<unknown> => remove(`/round-plans/${id}`);

export const fallsIll = (roundId: string, body: IllBody): Answer<IllAnswer> =>
  post(`/rounds/${roundId}/falls-ill`, body);

export const DAY_PARTS: readonly DayPart[] = ['morning', 'afternoon', 'evening'];
