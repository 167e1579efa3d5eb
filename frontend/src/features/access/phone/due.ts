/** Follow-ups that this volunteer still has to do. Here, low in the house, as every bar counts them. */
import type { Day } from '../../../lib/dates';
import type { Aftercare, HouseholdBody, Id } from '../../../store/dossiers';

export interface Household {
  readonly id: Id;
  readonly body: HouseholdBody;
}

export interface FollowUp {
  readonly household: Household;
  readonly aftercare: Aftercare;
}

/** What is mine and not closed, nearest date first. */
export function openFollowUps(households: readonly Household[], me: Id): FollowUp[] {
  return followUps(households, me).filter(({ aftercare }) => !aftercare.closed);
}

/** Everything that is mine, closed or not, nearest date first. */
export function followUps(households: readonly Household[], me: Id): FollowUp[] {
  return households
    .flatMap((household) =>
      household.body.aftercares
        .filter(({ account_id }) => account_id === me)
        .map((aftercare) => ({ household, aftercare })),
    )
    .sort(
      (a, b) =>
        a.aftercare.due_on.localeCompare(b.aftercare.due_on) ||
        a.aftercare.id.localeCompare(b.aftercare.id),
    );
}

/** How many of these should be done by now. */
export function countDue(open: readonly FollowUp[], today: Day): number {
  return open.filter(({ aftercare }) => aftercare.due_on <= today).length;
}
