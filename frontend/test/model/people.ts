/** What a volunteer does on a phone, by the real acts of the app, on what the screen shows. */
import { settleDifference } from '../../src/features/sync/acts';
import {
  assess,
  openConversation,
  recordConsent,
  setContact,
  talkOf,
  type Talk,
} from '../../src/features/conversations/acts';
import { raiseConcern } from '../../src/features/concerns/acts';
import { discardDossier, withdrawConsent } from '../../src/features/conversations/forgetting';
import { removeNote, writeNote } from '../../src/features/conversations/notes';
import {
  removeGoal,
  setStep,
  setStepStatus,
  writeGoal,
  type PlanOf,
} from '../../src/features/plans/acts';
import { noticeDoor, recordOutcome, undoVisit } from '../../src/features/visits/acts';
import { ports } from '../../src/lib/ports';
import { change, newEntry } from '../../src/sync/record';
import type { TextEditor } from '../../src/sync/typing';
import type { Consent, HouseholdBody, Shown } from '../../src/sync/wire';
import { must } from '../phone';
import type { Dice } from './dice';
import { domains, outcomes, statuses, type Screen } from './screens';

/** One person at one moment: what is on the screen, chance, and a fresh word to write. */
export interface Moment {
  readonly screen: Screen;
  readonly dice: Dice;
  readonly word: () => string;
}

type Household = Shown<'household'>;
type Deed = (moment: Moment) => Promise<unknown>;

/** Types a text; now and then the editor stays open, as when the phone goes in a pocket. */
async function type({ dice, word }: Moment, editor: TextEditor): Promise<void> {
  await must(editor.write(word()));
  if (dice.chance(30)) await must(editor.write(word()));
  if (dice.chance(80)) await must(editor.release());
}

function noting({ screen, dice }: Moment): { household: Household; talk: Talk } | null {
  const open = screen.households.filter(({ body }) =>
    body.consents.some(
      ({ purpose, given, withdrawn_at }) => purpose === 'note' && given && withdrawn_at === null,
    ),
  );
  const household = dice.of(open);
  const talk = household && talkOf(household);
  return household && talk ? { household, talk } : null;
}

function planOf({ id, body }: Household, talk: Talk, screen: Screen): PlanOf | null {
  const planId = body.plan?.id ?? screen.reservedPlan(id);
  return planId === null ? null : { householdId: id, conversationId: talk.conversationId, planId };
}

const standingFor = (body: HouseholdBody, purpose: string): Consent | undefined =>
  body.consents.find((one) => one.purpose === purpose && one.given && one.withdrawn_at === null);

async function openTalk({ screen, dice }: Moment): Promise<void> {
  const stop = dice.of(screen.stops);
  const round = screen.round;
  if (stop === undefined || round === null) return;
  await must(openConversation(stop, round, true));
  const talk = {
    householdId: stop.body.reserved.household_id,
    conversationId: stop.body.reserved.conversation_id,
  };
  const consentTextId = round.campaign.consent_text_id;
  const given = dice.chance(90);
  await must(recordConsent(talk, { purpose: 'note', given, consentTextId, language: 'nl' }).saved);
}

/** What a newer app would say, and this server does not understand. */
async function newerApp({ screen, dice, word }: Moment): Promise<void> {
  const household = dice.of(screen.households);
  if (household === undefined) return;
  const body = { note_id: ports.random.uuid(), text: word(), from: '' };
  const { mutation, ...rest } = newEntry({ kind: 'note.amend', dossier_id: household.id, body });
  const unknown = { ...mutation, kind: 'note.colour' } as unknown as typeof mutation;
  await must(change(() => [{ do: 'queue', entry: { ...rest, mutation: unknown } }]));
}

/** Every thing a person does, by its name in the trace. */
export const DEEDS = {
  outcome: async ({ screen, dice }) => {
    const stop = dice.of(screen.stops);
    if (stop) await must(recordOutcome(stop, dice.of(outcomes)!));
  },
  undo: async ({ screen, dice }) => {
    const stop = dice.of(screen.stops.filter(({ body }) => body.attempt !== null));
    if (stop) await must(undoVisit(stop));
  },
  notice: async ({ screen, dice }) => {
    const stop = dice.of(screen.stops);
    if (stop) await must(noticeDoor(stop.id, 'dog', dice.chance(50)));
  },
  talk: openTalk,
  note: async (moment) => {
    const at = noting(moment);
    if (at === null) return;
    const place = { id: ports.random.uuid(), domain: moment.dice.of(domains)!, position: 0 };
    await type(moment, writeNote(at.talk, place, null));
  },
  amend: async (moment) => {
    const at = noting(moment);
    const note = moment.dice.of(at?.household.body.notes ?? []);
    if (at && note) await type(moment, writeNote(at.talk, note, note.text));
  },
  takeOut: async (moment) => {
    const at = noting(moment);
    const note = moment.dice.of(at?.household.body.notes ?? []);
    if (at && note) await must(removeNote(at.talk, note.id));
  },
  assess: async (moment) => {
    const at = noting(moment);
    if (at === null) return;
    const domain = moment.dice.of(domains)!;
    const answer = moment.dice.of(['goes_well', 'could_be_better', 'help_wanted'] as const)!;
    const shown = at.household.body.assessments[domain] ?? null;
    await must(assess(at.talk, domain, answer, shown));
  },
  goal: async (moment) => {
    const at = noting(moment);
    const plan = at && planOf(at.household, at.talk, moment.screen);
    if (!plan) return;
    const known = moment.dice.of(at.household.body.plan?.goals ?? []);
    const goal = known ?? { id: ports.random.uuid(), position: 0, domain: '', text: null };
    await type(moment, writeGoal(plan, goal, goal.text));
  },
  dropGoal: async (moment) => {
    const at = noting(moment);
    const plan = at && planOf(at.household, at.talk, moment.screen);
    const goal = moment.dice.of(at?.household.body.plan?.goals ?? []);
    if (plan && goal) await must(removeGoal(plan, goal.id));
  },
  step: async (moment) => {
    const at = noting(moment);
    const plan = at && planOf(at.household, at.talk, moment.screen);
    const goal = moment.dice.of(at?.household.body.plan?.goals ?? []);
    if (!plan || !goal) return;
    const known = moment.dice.of(goal.steps);
    const fields = { position: 0, who: 'resident', who_name: '', by: '' } as const;
    const step = { ...fields, id: known?.id ?? ports.random.uuid(), text: moment.word() };
    await must(setStep(plan, goal.id, step, known ?? null));
  },
  status: async (moment) => {
    const at = noting(moment);
    const steps = at?.household.body.plan?.goals.flatMap((goal) => goal.steps) ?? [];
    const step = moment.dice.of(steps);
    if (at && step) {
      await must(setStepStatus(at.household.id, step, moment.dice.of(statuses)!));
    }
  },
  contact: async (moment) => {
    const at = noting(moment);
    const consentTextId = moment.screen.round?.campaign.consent_text_id;
    if (at === null || consentTextId === undefined) return;
    if (!standingFor(at.household.body, 'contact')) {
      const given = { purpose: 'contact', given: true, consentTextId, language: 'nl' } as const;
      await must(recordConsent(at.talk, given).saved);
    }
    const called_name = moment.word();
    const rest = { channel: 'visit', value: '', when: '', voicemail_ok: false } as const;
    await must(setContact(at.household.id, { called_name, ...rest }));
  },
  withdraw: async (moment) => {
    const at = noting(moment);
    const purpose = moment.dice.chance(60) ? 'note' : 'contact';
    const consent = at && standingFor(at.household.body, purpose);
    if (consent) await must(withdrawConsent(at.household.id, consent));
  },
  discard: async ({ screen, dice }) => {
    const household = dice.of(screen.households);
    if (household === undefined) return;
    const stop = screen.stops.find(({ body }) => body.reserved.household_id === household.id);
    await must(discardDossier(household.id, stop ?? null));
  },
  settle: async ({ screen, dice }) => {
    const found = [...screen.stops, ...screen.households].flatMap(({ id, body }) =>
      body.differences.map((difference) => ({ id, difference })),
    );
    const one = dice.of(found);
    if (one) await must(settleDifference(one.id, one.difference.id, dice.of(['shown', 'other'])!));
  },
  worry: async ({ word }) => must(raiseConcern(word())),
  newerApp,
} satisfies Record<string, Deed>;

export type DeedName = keyof typeof DEEDS;

/** How often each is done. */
export const WEIGHTS: Readonly<Record<DeedName, number>> = {
  outcome: 12,
  undo: 2,
  notice: 3,
  talk: 12,
  note: 14,
  amend: 8,
  takeOut: 4,
  assess: 6,
  goal: 6,
  dropGoal: 1,
  step: 4,
  status: 2,
  contact: 4,
  withdraw: 3,
  discard: 2,
  settle: 5,
  worry: 2,
  newerApp: 2,
};
