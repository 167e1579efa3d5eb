/** How the state of a concern and what was decided read. */
import { t } from '../../../lib/i18n.svelte';

const STATES: readonly string[] = ['new', 'discussed', 'decided'];

export function stateWord(state: string): string {
  return STATES.includes(state) ? t(`desk_concerns.state.${state}`) : state;
}

export function decisionWord(decision: string): string {
  return decision === '' ? '–' : t(`desk_concerns.decision.${decision}`);
}
