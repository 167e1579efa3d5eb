/** Plans that a household wants on paper. */
import { authorised } from '../../../api/client';
import { notOurs } from '../../../api/problem';
import { readJson } from '../../../api/transport';
import { err, ok } from '../../../lib/result';
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
export async function printPlan(planId: string): Answer<Blob> {
  const answer = await authorised({
    method: 'POST',
    path: `/plan-prints/${planId}/pdf`,
    headers: { Accept: 'application/pdf, application/problem+json' },
  });
  if (!answer.ok) return answer;
  const type = answer.value.headers.get('Content-Type') ?? '';
  if (answer.value.ok && type.startsWith('application/pdf')) return ok(await answer.value.blob());
  const problem = await readJson(answer.value);
  return problem.ok ? err(notOurs(answer.value.status)) : problem;
}
