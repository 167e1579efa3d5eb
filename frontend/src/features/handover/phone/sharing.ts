/** What goes along with a hand-over, and how it reads. Pure. */
import type { GuideDomain, Handover, HouseholdBody, Urgency } from '../../../store/dossiers';
import { domainState } from '../../conversations/phone/state';

export const URGENCIES = ['ordinary', 'soon', 'crisis'] as const satisfies readonly Urgency[];

type Said = Pick<HouseholdBody, 'assessments' | 'notes' | 'advices'>;

/** Domains that hold something to share: talked about, and not "rather not". */
export function shareable(household: Said, domains: readonly GuideDomain[]): GuideDomain[] {
  const nothing = ['untouched', 'not_discussed', 'does_not_want'];
  return domains.filter(({ key }) => !nothing.includes(domainState(household, key)));
}

/** Ticked beforehand: only where help was asked. The household may say otherwise. */
export function sharedByDefault(household: Said, domains: readonly GuideDomain[]): string[] {
  return shareable(household, domains)
    .map(({ key }) => key)
    .filter((key) => household.assessments[key] === 'help_wanted');
}

/** Hand-overs that still go somewhere first, then those that ended. */
export function inReadingOrder(handovers: readonly Handover[]): Handover[] {
  const rank = ({ state }: Handover): number => {
    if (state === 'returned') return 0;
    return ['withdrawn', 'closed', 'refused'].includes(state) ? 2 : 1;
  };
  return [...handovers].sort((a, b) => rank(a) - rank(b));
}

/** May the volunteer still take it back? */
export function canWithdraw({ state }: Handover): boolean {
  return !['withdrawn', 'closed', 'refused'].includes(state);
}
