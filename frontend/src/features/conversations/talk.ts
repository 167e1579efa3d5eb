/** Which talk an act is about. */
import type { HouseholdBody, Id } from '../../sync/wire';

/** The household and its talk. */
export interface Talk {
  readonly householdId: Id;
  readonly conversationId: Id;
}

/** The talk of a household as it is shown, or null before there is one. */
export function talkOf(household: {
  id: Id;
  body: Pick<HouseholdBody, 'conversation'>;
}): Talk | null {
  const { conversation } = household.body;
  return conversation && { householdId: household.id, conversationId: conversation.id };
}
