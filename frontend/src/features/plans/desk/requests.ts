/** Plans that a household wants on paper. */
import { fetchFile } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export interface PlanPrint {
  readonly plan_id: string;
  readonly street: string;
  readonly number: string;
  readonly bring_on: string | null;
  readonly bring_by: string | null;
  readonly printed_at: string | null;
}

export const readPlanPrints = (): Answer<PlanPrint[]> => everyPage<PlanPrint>('/plan-prints');

/** The paper. A POST, since it marks the plan as printed. */
export const printPlan = (planId: string): Answer<Blob> =>
  fetchFile('POST', `/plan-prints/${planId}/pdf`);
