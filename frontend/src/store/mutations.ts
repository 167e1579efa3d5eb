/** Intents of a phone, one per act, as docs/sync.md lists them. `from` is what the screen showed. */
import type {
  AftercareOutcome,
  Answer,
  Contact,
  DayText,
  Id,
  IncidentKind,
  Instant,
  Notice,
  Outcome,
  OutcomeDetails,
  PartOfDay,
  Purpose,
  Reserved,
  StepStatus,
  Urgency,
  Who,
} from './dossiers';

/** In which words this version says what it has to say; store/upcasting.ts knows those of before. */
export const MUTATION_SCHEMA = 3;

/** The fields of a step that a person types; its status is changed by `step.set_status`. */
export interface StepFields {
  position: number;
  text: string;
  who: Who;
  who_name: string;
  by: string;
}

/** What a person says of a goal. */
export interface GoalSaid {
  position: number;
  domain: string;
  text: string;
}

/** A goal as it was shown; apps of schema 2 told of the text alone. */
export interface GoalShown {
  position: number | null;
  domain: string | null;
  text: string;
}

/** The plan on paper: who brings it, and when. */
export interface PrintWish {
  wanted: boolean;
  bring_on: DayText | null;
  bring_by: Id | null;
}

/** When somebody comes back, and how. */
export interface Agreement {
  due_on: DayText;
  day_part: PartOfDay | '';
  kind: 'visit' | 'call';
}

/** What came of coming back; the outcome is "" before. */
export interface AftercareResult {
  outcome: AftercareOutcome | '';
  more_help: boolean;
  close: boolean;
}

export interface MutationBodies {
  /** `outcome` "" undoes; `from` is "" where nothing was recorded. */
  'visit.record': {
    outcome: Outcome | '';
    from: Outcome | '';
    details: OutcomeDetails;
    date: DayText;
    day_part: PartOfDay;
  };
  'door.notice': { notice: Notice; on: boolean };
  'door.split': {
    stop_id: Id;
    attempt_id: Id;
    household_id: Id;
    conversation_id: Id;
    plan_id: Id;
  };
  /** False takes it back. */
  'door.leave': { on: boolean };
  'round.close': Record<string, never>;
  /** Until when they think to be out, "18:00" on the day of the round. */
  'round.start': { until: string };
  'round.extend': { until: string };
  'round.finish': Record<string, never>;
  /** `until` is what stood before an extension, else "". */
  'round.take_back': { what: 'start' | 'extend' | 'finish'; until: string };
  /** Of a round, or of one's own account where there is none. No place and no words. */
  'help.call': { call_id: Id };
  'help.withdraw': { call_id: Id };
  'debrief.record': {
    debrief_id: Id;
    feeling: 'good' | 'mixed' | 'heavy';
    call_me: boolean;
    date: DayText;
  };
  'conversation.open': {
    conversation_id: Id;
    stop_id: Id;
    guide_id: Id;
    consent_text_id: Id;
    noted: boolean;
    date: DayText;
  };
  'consent.record': {
    consent_id: Id;
    conversation_id: Id;
    purpose: Purpose;
    given: boolean;
    consent_text_id: Id;
    language: string;
    how: string;
    team_id: Id | null;
  };
  'consent.withdraw': { consent_id: Id };
  'contact.set': Contact;
  'domain.assess': { conversation_id: Id; domain: string; answer: Answer; from: Answer | null };
  'note.add': {
    note_id: Id;
    conversation_id: Id;
    domain: string;
    position: number;
    text: string;
  };
  'note.amend': { note_id: Id; text: string; from: string };
  'note.remove': { note_id: Id };
  'advice.set': { conversation_id: Id; domain: string; key: string; on: boolean };
  'debt_help.ask': { conversation_id: Id; asked_on: DayText; pass_on: boolean; crisis: boolean };
  'debt_help.drop': { conversation_id: Id };
  'conversation.close': { conversation_id: Id };
  'goal.set': GoalSaid & {
    goal_id: Id;
    plan_id: Id;
    conversation_id: Id;
    from: GoalShown | null;
  };
  'goal.remove': { goal_id: Id };
  'step.set': StepFields & { step_id: Id; goal_id: Id; from: StepFields | null };
  'step.remove': { step_id: Id };
  'step.set_status': { step_id: Id; status: StepStatus; from: StepStatus };
  /** `from` is null where an older app did not tell what it showed; so it is at aftercare. */
  'plan.print': PrintWish & { plan_id: Id; from: PrintWish | null };
  'aftercare.plan': Agreement & { aftercare_id: Id; plan_id: Id; from: Agreement | null };
  'aftercare.record': AftercareResult & {
    aftercare_id: Id;
    outcome: AftercareOutcome;
    from: AftercareResult | null;
  };
  'handover.offer': {
    handover_id: Id;
    conversation_id: Id;
    consent_id: Id;
    team_id: Id;
    why: string;
    urgency: Urgency;
    domains: string[];
    company_wanted: boolean;
    called_at: Instant | null;
  };
  'handover.answer': { handover_id: Id; words: string };
  'handover.withdraw': { handover_id: Id };
  /** With fresh reserved ids for the stop, so that a new talk there is a new household. */
  'dossier.discard': Partial<Omit<Reserved, 'attempt_id'>> & { stop_id?: Id };
  'concern.raise': { concern_id: Id; address_id: Id | null; facts: string };
  'incident.raise': {
    incident_id: Id;
    round_id: Id | null;
    kind: IncidentKind;
    date: DayText;
    day_part: PartOfDay;
    facts: string;
    hurt: boolean;
    call_now: boolean;
  };
  /** A debrief of no door, in which somebody asks to be called. */
  'talk.was_heavy': { debrief_id: Id; date: DayText };
  'voucher.give': {
    gift_id: Id;
    round_id: Id;
    adults: number;
    children: number;
    codes: string[];
    date: DayText;
  };
  'voucher.take_back': { gift_id: Id };
  'difference.settle': { difference_id: Id; keep: 'shown' | 'other' };
}

export type MutationKind = keyof MutationBodies;

/** What an act wants to happen, before it has an id and a moment. */
export type Draft = {
  [M in MutationKind]: { kind: M; dossier_id: Id; body: MutationBodies[M] };
}[MutationKind];

/** A mutation of one kind, as it travels. */
export interface MutationOf<M extends MutationKind> {
  id: Id;
  dossier_id: Id;
  kind: M;
  schema: number;
  made_at: Instant;
  body: MutationBodies[M];
}

export type Mutation = { [M in MutationKind]: MutationOf<M> }[MutationKind];
