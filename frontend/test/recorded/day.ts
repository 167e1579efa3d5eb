/**
 * A day in which a phone says everything it can say, played by the real core against the real app.
 * What it sent and what lay on its disk at the end is kept for every released version.
 */
import { ports } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';
import { overlay } from '../../src/overlays';
import { raiseConcern } from '../../src/features/concerns/acts';
import * as talks from '../../src/features/conversations/acts';
import {
  withdrawConsent,
  discardDossier,
  dropDebtHelp,
} from '../../src/features/conversations/forgetting';
import { removeNote, writeNote } from '../../src/features/conversations/notes';
import { answerHandover, offerHandover, withdrawHandover } from '../../src/features/handover/acts';
import * as plans from '../../src/features/plans/acts';
import { settleDifference } from '../../src/features/sync/acts';
import * as doors from '../../src/features/visits/acts';
import { installOverlay } from '../../src/store/overlaid';
import { change, newEntry } from '../../src/sync/record';
import type { Id, Purpose, Shown, SyncAnswer, SyncRequest } from '../../src/sync/wire';
import { must, phoneKey } from '../phone';
import { SimulatedPhone } from '../model/phones';
import { screenOf, type Screen } from '../model/screens';
import type { ModelServer } from '../model/server';
import { namesIn } from './names';

/** One request that carried something, and what came of it. */
export interface Exchange {
  readonly who: 'volunteer' | 'partner_of_pair';
  readonly request: SyncRequest;
  readonly outcomes: SyncAnswer['outcomes'];
}

export interface Day {
  readonly exchanges: Exchange[];
  /** What the ids of the town stand for: `stop 1`, `stop 1 household_id`, `person volunteer`. */
  readonly names: Record<string, Id>;
  readonly phone: SimulatedPhone;
}

const DOORS = 6;
/** How much one answer holds. */
const PART_BYTES = 2_500;
const MONEY = 'money_and_schemes';
const HEALTH = 'health_and_care';
const TODAY = '2026-02-03';

class Player {
  readonly exchanges: Exchange[] = [];
  readonly names: Record<string, Id> = {};
  readonly #server: ModelServer;

  constructor(server: ModelServer) {
    this.#server = server;
  }

  async begin(who: Exchange['who'], account: Id): Promise<SimulatedPhone> {
    const { token } = await this.#server.deed<{ token: string }>('sign_in', { account });
    const phone = new SimulatedPhone(who, account, token, await phoneKey(), this.#server);
    phone.line.heard = (request, { outcomes }) => {
      // Asked what it holds, it sends copies, and then says the same again.
      if (request.mutations.length > 0 && outcomes.length > 0)
        this.exchanges.push({ who, request, outcomes });
    };
    this.#remember({ [`person ${who}`]: account });
    await this.sync(phone);
    return phone;
  }

  async sync(phone: SimulatedPhone): Promise<void> {
    await phone.open();
    await must(phone.sync());
    this.#remember(await namesIn(phone.store));
  }

  /** The first id of a name counts: what the phone itself made later is no id of the town. */
  #remember(names: Record<string, Id>): void {
    for (const [name, id] of Object.entries(names)) this.names[name] ??= id;
  }

  /** What the phone in hand shows. */
  async screen(phone: SimulatedPhone): Promise<Screen> {
    return screenOf(await phone.open(), DOORS);
  }
}

type Stop = Shown<'stop'>;

async function atDoors([, , one, two, three, four]: readonly Stop[]): Promise<void> {
  if (!one || !two || !three || !four) throw new Error('the town has too few doors');
  await must(doors.recordOutcome(one, 'not_home'));
  await must(doors.noticeDoor(one.id, 'dog', true));
  await must(doors.splitDoor(two.id).saved);
  await must(doors.leaveDoor(three.id));
  await must(doors.recordOutcome(four, 'later', { date: TODAY, day_part: 'evening' }));
  await must(doors.debrief(one.id, 'good', false));
}

async function typed(editor: ReturnType<typeof writeNote>, text: string): Promise<void> {
  await must(editor.write(text));
  await must(editor.release());
}

/** Opens a talk at this door with a yes to everything. */
async function openTalk(stop: Stop, screen: Screen, team: Id): Promise<Record<Purpose, Id>> {
  await must(doors.noticeDoor(stop.id, 'stairs', true));
  if (screen.round === null) throw new Error('no round');
  await must(talks.openConversation(stop, screen.round, true));
  const consentTextId = screen.round.campaign.consent_text_id;
  const ids: Partial<Record<Purpose, Id>> = {};
  for (const purpose of ['note', 'health', 'contact', 'share', 'feedback'] as const) {
    const teamId = purpose === 'share' ? team : null;
    const said = { purpose, given: true, consentTextId, language: 'nl', teamId };
    const { consentId, saved } = talks.recordConsent(talkAt(stop), said);
    await must(saved);
    ids[purpose] = consentId;
  }
  return ids as Record<Purpose, Id>;
}

function talkAt({ body: { reserved } }: Stop): talks.Talk {
  return { householdId: reserved.household_id, conversationId: reserved.conversation_id };
}

function planAt(stop: Stop): plans.PlanOf {
  return { ...talkAt(stop), planId: stop.body.reserved.plan_id };
}

interface Made {
  readonly notes: readonly [Id, Id];
  readonly goals: readonly [Id, Id];
  readonly steps: readonly [Id, Id];
  readonly aftercare: Id;
}

const step = (id: Id, text: string) =>
  ({ id, position: 0, text, who: 'resident', who_name: '', by: '' }) as const;

async function talking(stop: Stop): Promise<Made> {
  const { uuid } = ports.random;
  const made: Made = {
    notes: [uuid(), uuid()],
    goals: [uuid(), uuid()],
    steps: [uuid(), uuid()],
    aftercare: uuid(),
  };
  const [talk, plan] = [talkAt(stop), planAt(stop)];
  await typed(writeNote(talk, { id: made.notes[0], domain: MONEY, position: 0 }, null), 'post');
  await typed(writeNote(talk, { id: made.notes[1], domain: HEALTH, position: 0 }, null), 'knie');
  await must(talks.assess(talk, MONEY, 'help_wanted', null));
  await must(talks.setAdvice(talk, MONEY, 'benefits', true));
  await must(talks.askDebtHelp(talk, { passOn: false, crisis: false }));
  const contact = { called_name: 'Mw. W', value: '', when: '', voicemail_ok: false } as const;
  await must(talks.setContact(talk.householdId, { ...contact, channel: 'visit' }));
  for (const [at, id] of made.goals.entries()) {
    await must(plans.setGoal(plan, { id, position: at, domain: MONEY, text: 'post lezen' }, null));
    await must(plans.setStep(plan, id, step(made.steps[at]!, 'bellen'), null));
  }
  const nothing = { print_wanted: false, bring_on: null, bring_by: null };
  await must(plans.wantPrint(plan, { ...nothing, print_wanted: true }, nothing));
  await must(plans.planAftercare(plan, aftercare(made), null));
  return made;
}

function aftercare({ aftercare: id }: Made): plans.AftercarePlan {
  return { id, dueOn: TODAY, dayPart: 'evening', kind: 'call' };
}

async function changing(
  stop: Stop,
  made: Made,
  consents: Record<Purpose, Id>,
  team: Id,
): Promise<void> {
  const [talk, plan] = [talkAt(stop), planAt(stop)];
  const note = { id: made.notes[0], domain: MONEY, position: 0 };
  await typed(writeNote(talk, note, 'post'), 'post in de la');
  await must(removeNote(talk, made.notes[1]));
  await must(dropDebtHelp(talk));
  await must(plans.setStepStatus(talk.householdId, { id: made.steps[0], status: 'open' }, 'done'));
  await must(plans.removeStep(plan, made.steps[1]));
  await must(plans.removeGoal(plan, made.goals[1]));
  const shown = { id: made.aftercare, outcome: '', more_help: false, closed: false } as const;
  await must(plans.recordAftercare(talk.householdId, shown, 'no_answer'));
  const { handoverId, saved } = offerHandover({
    ...talk,
    consentId: consents.share,
    teamId: team,
    why: 'post',
    urgency: 'soon',
    domains: [MONEY],
    companyWanted: false,
    calledAt: null,
  });
  await must(saved);
  await must(withdrawHandover(talk.householdId, handoverId));
  await must(talks.closeConversation(talk));
  await must(withdrawConsent(talk.householdId, { id: consents.contact, purpose: 'contact' }));
  // Nobody asked: it is put aside, and what follows in this dossier with it.
  await must(answerHandover(talk.householdId, handoverId, 'ja'));
}

/** What only a newer app would say. */
async function newer(householdId: Id): Promise<void> {
  const body = { note_id: ports.random.uuid(), text: 'rood', from: '' };
  const { mutation, ...rest } = newEntry({ kind: 'note.amend', dossier_id: householdId, body });
  const unknown = { ...mutation, kind: 'note.colour' } as unknown as typeof mutation;
  await must(change(() => [{ do: 'queue', entry: { ...rest, mutation: unknown } }]));
}

/** Both of the pair recorded one door: whoever came second settles it. */
async function settle(player: Player, phone: SimulatedPhone): Promise<void> {
  const { stops } = await player.screen(phone);
  const [found] = stops.flatMap(({ id, body }) =>
    body.differences.map((difference) => ({ id, difference })),
  );
  if (!found) throw new Error('nothing to settle');
  await must(settleDifference(found.id, found.difference.id, 'other'));
}

/** What is not sent yet when the day ends: every state in which an entry can lie on the disk. */
async function unsent(phone: SimulatedPhone, stop: Stop, other: Stop): Promise<void> {
  await must(doors.noticeDoor(stop.id, 'bell_broken', true));
  phone.line.mishaps = ['drop-request'];
  await phone.sync();
  await must(doors.leaveDoor(other.id));
  const editor = writeNote(
    talkAt(stop),
    { id: ports.random.uuid(), domain: MONEY, position: 1 },
    null,
  );
  await must(editor.write('half een zi'));
}

/** Play the whole day. */
export async function playDay(server: ModelServer): Promise<Day> {
  Object.assign(ports, seededPorts(1));
  installOverlay(overlay);
  const { people } = await server.reset(1, PART_BYTES);
  const player = new Player(server);
  const partner = await player.begin('partner_of_pair', people.partner_of_pair);
  const phone = await player.begin('volunteer', people.volunteer);
  const team = player.names['team 1'];
  const screen = await player.screen(phone);
  const [first, second, third] = screen.stops;
  if (team === undefined || !first || !second || !third) throw new Error('the town is too small');

  await atDoors(screen.stops);
  const consents = await openTalk(first, screen, team);
  const made = await talking(first);
  await openTalk(second, screen, team);
  await player.sync(phone);
  await must(doors.undoVisit((await player.screen(phone)).stops[2] ?? third));
  await changing(first, made, consents, team);
  await must(discardDossier(talkAt(second).householdId, second));
  await must(raiseConcern('zorgen'));
  await newer(talkAt(first).householdId);
  await player.sync(phone);
  await partner.open();
  await must(doors.recordOutcome(third, 'empty'));
  await player.sync(partner);
  await phone.open();
  await must(doors.recordOutcome(third, 'leaflet'));
  await player.sync(phone);
  await settle(player, phone);
  await player.sync(phone);
  await must(doors.closeRound(screen.stops[0]?.body.round_id ?? ''));
  await player.sync(phone);
  await unsent(phone, first, third);
  return { exchanges: player.exchanges, names: player.names, phone };
}
