/** One person at one moment: what is on the screen, chance, and a fresh word to write. */
import type { TextEditor } from '../../src/sync/typing';
import { talkOf, type Talk } from '../../src/features/conversations/acts';
import type { PlanOf } from '../../src/features/plans/acts';
import type { Consent, HouseholdBody, Id, Shown } from '../../src/sync/wire';
import { must } from '../phone';
import type { Dice } from './dice';
import type { Screen } from './screens';
import type { Taking } from './taking-out';

export interface Moment {
  readonly screen: Screen;
  readonly dice: Dice;
  readonly word: () => string;
  /** The screen as it is once more was done. */
  readonly lookAgain: () => Promise<Moment>;
  /** Said before an act that takes something out: what that is. */
  readonly takes: (taking: Taking) => void;
  /** To whom households are handed over. */
  readonly team: Id;
}

export type Household = Shown<'household'>;
/** What somebody does at such a moment. */
export type Deed = (moment: Moment) => Promise<unknown>;

/** Types a text; now and then the editor stays open, as when the phone goes in a pocket. */
export async function type({ dice, word }: Moment, editor: TextEditor): Promise<void> {
  await must(editor.write(word()));
  if (dice.chance(30)) await must(editor.write(word()));
  if (dice.chance(80)) await must(editor.release());
}

/** A household on the screen that lets us write, if there is one. */
export function noting({ screen, dice }: Moment): { household: Household; talk: Talk } | null {
  const open = screen.households.filter(({ body }) =>
    body.consents.some(
      ({ purpose, given, withdrawn_at }) => purpose === 'note' && given && withdrawn_at === null,
    ),
  );
  const household = dice.of(open);
  const talk = household && talkOf(household);
  return household && talk ? { household, talk } : null;
}

/** Its plan, also the one that its door reserves. */
export function planOf({ id, body }: Household, talk: Talk, screen: Screen): PlanOf | null {
  const planId = body.plan?.id ?? screen.reservedPlan(id);
  return planId === null ? null : { householdId: id, conversationId: talk.conversationId, planId };
}

/** The yes to a purpose that counts. */
export const standingFor = (body: HouseholdBody, purpose: string): Consent | undefined =>
  body.consents.find((one) => one.purpose === purpose && one.given && one.withdrawn_at === null);
