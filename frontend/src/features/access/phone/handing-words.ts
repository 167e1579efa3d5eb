/** Why a store could not be handed over, in words. */
import { t } from '../../../lib/i18n.svelte';
import type { HandingOverProblem } from '../../../session/handing-over';

/** Empty where nothing went wrong. */
export function handingFault(problem: HandingOverProblem | null): string {
  if (problem === null) return '';
  if (typeof problem !== 'string') return t(`outbox.problem.${problem.kind}`);
  return t(`access.forgotten.${problem}`);
}
