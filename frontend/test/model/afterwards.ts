/** What comes of a talk: health, debt help, a hand-over to a team, and coming back. */
import {
  askDebtHelp,
  assess,
  closeConversation,
  recordConsent,
} from '../../src/features/conversations/acts';
import { dropDebtHelp } from '../../src/features/conversations/forgetting';
import { writeNote } from '../../src/features/conversations/notes';
import { answerHandover, offerHandover, withdrawHandover } from '../../src/features/handover/acts';
import { planAftercare, recordAftercare } from '../../src/features/plans/acts';
import { ports } from '../../src/lib/ports';
import { must } from '../phone';
import { noting, planOf, standingFor, type, type Deed, type Moment } from './moments';

const HEALTH = 'health_and_care';
const DUE = ['2026-03-17', '2026-03-24'] as const;

/** A yes to a purpose, asked now where there is none; now and then they say no. */
async function agreed(moment: Moment, purpose: 'health' | 'share'): Promise<boolean> {
  const at = noting(moment);
  const consentTextId = moment.screen.round?.campaign.consent_text_id;
  if (at === null || consentTextId === undefined) return false;
  if (standingFor(at.household.body, purpose)) return true;
  const given = moment.dice.chance(85);
  const teamId = purpose === 'share' ? moment.team : null;
  if (!given) moment.takes({ what: 'consent', id: at.household.id, purpose });
  await must(
    recordConsent(at.talk, { purpose, given, consentTextId, language: 'nl', teamId }).saved,
  );
  return given;
}

async function health(moment: Moment): Promise<void> {
  const at = noting(moment);
  if (at === null || !(await agreed(only(moment, at.household.id), 'health'))) return;
  if (moment.dice.chance(60)) {
    const place = { id: ports.random.uuid(), domain: HEALTH, position: 0 };
    await type(moment, writeNote(at.talk, place, null));
    return;
  }
  const shown = at.household.body.assessments[HEALTH] ?? null;
  moment.takes({ what: 'unsaid', field: `${at.household.id} ${HEALTH}` });
  await must(
    assess(at.talk, HEALTH, moment.dice.of(['goes_well', 'help_wanted'] as const)!, shown),
  );
}

/** The same moment before one household. */
function only(moment: Moment, id: string): Moment {
  const households = moment.screen.households.filter((one) => one.id === id);
  return { ...moment, screen: { ...moment.screen, households } };
}

async function offer(moment: Moment): Promise<void> {
  const first = noting(moment);
  if (first === null) return;
  const mine = only(moment, first.household.id);
  if (!(await agreed(mine, 'share'))) return;
  const at = noting(only(await moment.lookAgain(), first.household.id));
  const consent = at && standingFor(at.household.body, 'share');
  if (!consent) return;
  const { saved } = offerHandover({
    householdId: at.household.id,
    conversationId: at.talk.conversationId,
    consentId: consent.id,
    teamId: moment.team,
    why: moment.word(),
    urgency: moment.dice.of(['ordinary', 'crisis'] as const)!,
    domains: [],
    companyWanted: false,
    calledAt: null,
  });
  await must(saved);
}

/** Every thing a person does after the talk, by its name in the trace. */
export const AFTERWARDS = {
  health,
  debtHelp: async (moment) => {
    const at = noting(moment);
    const { dice } = moment;
    if (at) {
      await must(askDebtHelp(at.talk, { passOn: dice.chance(50), crisis: dice.chance(20) }));
    }
  },
  dropDebtHelp: async (moment) => {
    const at = noting(moment);
    if (!at || at.household.body.debt_help === null) return;
    moment.takes({ what: 'debt help', id: at.household.id });
    await must(dropDebtHelp(at.talk));
  },
  offer,
  reply: async (moment) => {
    const asked = moment.screen.households.flatMap(({ id, body }) =>
      body.handovers.filter(({ state }) => state === 'returned').map((one) => ({ id, one })),
    );
    const found = moment.dice.of(asked);
    if (found) await must(answerHandover(found.id, found.one.id, moment.word()));
  },
  takeOfferBack: async ({ screen, dice }) => {
    const all = screen.households.flatMap(({ id, body }) =>
      body.handovers.map((one) => ({ id, one })),
    );
    const found = dice.of(all);
    if (found) await must(withdrawHandover(found.id, found.one.id));
  },
  comeBack: async (moment) => {
    const at = noting(moment);
    const plan = at && planOf(at.household, at.talk, moment.screen);
    if (!plan) return;
    const dueOn = moment.dice.of(DUE)!;
    const known = moment.dice.of([null, ...at.household.body.aftercares]) ?? null;
    await must(planAftercare(plan, { dueOn, dayPart: '', kind: 'visit' }, known));
  },
  cameBack: async ({ screen, dice }) => {
    const all = screen.households.flatMap(({ id, body }) =>
      body.aftercares.map((one) => ({ id, one })),
    );
    const found = dice.of(all);
    if (!found) return;
    const close = dice.chance(50);
    const outcome = dice.of(['spoken', 'no_answer', 'moved'] as const)!;
    await must(recordAftercare(found.id, found.one, outcome, { close }));
  },
  closeTalk: async (moment) => {
    const at = noting(moment);
    if (at) await must(closeConversation(at.talk));
  },
} satisfies Record<string, Deed>;
