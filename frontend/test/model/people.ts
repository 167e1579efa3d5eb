/** What a volunteer does on a phone, by the real acts of the app, on what the screen shows. */
import { settleDifference } from '../../src/features/sync/acts';
import {
  assess,
  openConversation,
  recordConsent,
  setContact,
} from '../../src/features/conversations/acts';
import { raiseConcern } from '../../src/features/concerns/acts';
import { discardDossier, withdrawConsent } from '../../src/features/conversations/forgetting';
import { removeNote, writeNote } from '../../src/features/conversations/notes';
import { removeGoal, setStep, setStepStatus, writeGoal } from '../../src/features/plans/acts';
import { noticeDoor, recordOutcome, undoVisit } from '../../src/features/visits/acts';
import { ports } from '../../src/lib/ports';
import { change, newEntry } from '../../src/sync/record';
import { must } from '../phone';
import { AFTERWARDS } from './afterwards';
import { talkOf } from '../../src/features/conversations/talk';
import { noting, planOf, standingFor, type, type Deed, type Moment } from './moments';
import { domains, outcomes, statuses } from './screens';

async function openTalk({ screen, dice, takes }: Moment): Promise<void> {
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
  if (!given) takes({ what: 'consent', id: talk.householdId, purpose: 'note' });
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

/** All that a household said is taken back before anything of it was sent. */
async function inOneGo(moment: Moment): Promise<void> {
  await openTalk(moment);
  await newerApp(await moment.lookAgain());
  await withdraw(await moment.lookAgain());
}

/** They take their yes to notes back, or did before; asked again they say yes, and go on. */
async function anew(moment: Moment, again = true): Promise<void> {
  const { screen, dice } = moment;
  const closed = screen.households.filter(
    ({ body }) => body.conversation !== null && !standingFor(body, 'note'),
  );
  const household = dice.of(closed);
  const talk = household && talkOf(household);
  const consentTextId = screen.round?.campaign.consent_text_id;
  if (!household || !talk || consentTextId === undefined) {
    await withdraw(moment, 'note');
    if (again && dice.chance(60)) await anew(await moment.lookAgain(), false);
    return;
  }
  const yes = { purpose: 'note', given: true, consentTextId, language: 'nl' } as const;
  await must(recordConsent(talk, yes).saved);
  const place = { id: ports.random.uuid(), domain: dice.of(domains)!, position: 0 };
  await type(moment, writeNote(talk, place, null));
}

/** Of what they said yes to one is taken back, so that no purpose is left to luck. */
async function withdraw(moment: Moment, which?: 'note'): Promise<void> {
  const at = noting(moment);
  if (at === null) return;
  const { id, body } = at.household;
  const stands = body.consents.filter((one) => one === standingFor(body, one.purpose));
  const consent = which === undefined ? moment.dice.of(stands) : standingFor(body, which);
  if (!consent) return;
  moment.takes({ what: 'consent', id, purpose: consent.purpose });
  await must(withdrawConsent(id, consent));
}

/** They say yes to more than notes, and take back just that: what was noted stays. */
async function inPart(moment: Moment, again = true): Promise<void> {
  const { screen, dice } = moment;
  const purpose = dice.of(['contact', 'health'] as const)!;
  const given = screen.households.filter(({ body }) => standingFor(body, purpose));
  const household = dice.of(given);
  const consent = household && standingFor(household.body, purpose);
  if (household && consent) {
    moment.takes({ what: 'consent', id: household.id, purpose });
    await must(withdrawConsent(household.id, consent));
    return;
  }
  await (purpose === 'contact' ? DEEDS.contact : DEEDS.health)(moment);
  if (again && dice.chance(50)) await inPart(await moment.lookAgain(), false);
}

/** Every thing a person does, by its name in the trace. */
export const DEEDS = {
  outcome: async ({ screen, dice }) => {
    const stop = dice.of(screen.stops);
    if (stop) await must(recordOutcome(stop, dice.of(outcomes)!));
  },
  undo: async ({ screen, dice, takes }) => {
    const stop = dice.of(screen.stops.filter(({ body }) => body.attempt !== null));
    if (!stop) return;
    takes({ what: 'unsaid', field: `${stop.id} visit` });
    await must(undoVisit(stop));
  },
  notice: async ({ screen, dice, takes }) => {
    const stop = dice.of(screen.stops);
    if (!stop) return;
    takes({ what: 'unsaid', field: `${stop.id} dog` });
    await must(noticeDoor(stop.id, 'dog', dice.chance(50)));
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
    if (!at || !note) return;
    moment.takes({ what: 'note', id: note.id });
    await must(removeNote(at.talk, note.id));
  },
  assess: async (moment) => {
    const at = noting(moment);
    if (at === null) return;
    const domain = moment.dice.of(domains)!;
    const answer = moment.dice.of(['goes_well', 'could_be_better', 'help_wanted'] as const)!;
    const shown = at.household.body.assessments[domain] ?? null;
    moment.takes({ what: 'unsaid', field: `${at.household.id} ${domain}` });
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
    if (!plan || !goal) return;
    moment.takes({ what: 'goal', id: goal.id });
    await must(removeGoal(plan, goal.id));
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
      moment.takes({ what: 'unsaid', field: `${at.household.id} ${step.id} status` });
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
  withdraw: (moment) => withdraw(moment),
  anew: (moment) => anew(moment),
  inPart: (moment) => inPart(moment),
  discard: async ({ screen, dice, takes }) => {
    const household = dice.of(screen.households);
    if (household === undefined) return;
    const stop = screen.stops.find(({ body }) => body.reserved.household_id === household.id);
    takes({ what: 'household', id: household.id });
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
  inOneGo,
  ...AFTERWARDS,
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
  anew: 5,
  inPart: 7,
  discard: 2,
  settle: 5,
  worry: 2,
  newerApp: 2,
  inOneGo: 3,
  health: 5,
  debtHelp: 3,
  dropDebtHelp: 1,
  offer: 4,
  reply: 3,
  takeOfferBack: 1,
  comeBack: 3,
  cameBack: 2,
  closeTalk: 1,
};
