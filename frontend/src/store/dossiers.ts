/**
 * What a phone holds: dossiers, as docs/sync.md describes them. Lists come sorted; a missing thing
 * is null. These types are the wire's own, so field names are the server's.
 */
import type { CallBackBody, LetterBody, LetterPageBody, VoucherBody } from './beside-doors';
import type { DayText, Id, Instant } from './plain';
import type { ConsentTextBody, GuideBody, Purpose } from './texts';

export type * from './beside-doors';
export type * from './plain';
export type * from './texts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening';
export type Scope = 'campaign' | 'always';
export type Notice = 'dog' | 'bell_broken' | 'stairs';
export type Channel = 'phone' | 'mail' | 'visit';
export type Answer =
  'goes_well' | 'could_be_better' | 'help_wanted' | 'not_discussed' | 'does_not_want';
export type Who = 'resident' | 'volunteer' | 'someone' | 'resident_offers';
export type StepStatus = 'open' | 'done' | 'partly' | 'not_done' | 'not_needed';
export type AftercareOutcome = 'spoken' | 'someone_else' | 'no_answer' | 'wrong_number' | 'moved';
export type Urgency = 'ordinary' | 'soon' | 'crisis';
export type HandoverState =
  'offered' | 'seen' | 'accepted' | 'refused' | 'returned' | 'closed' | 'withdrawn';
export type Outcome =
  | 'not_home'
  | 'refused'
  | 'later'
  | 'conversation'
  | 'conversation_without_notes'
  | 'no_access'
  | 'someone_else'
  | 'other_language'
  | 'spoke_briefly'
  | 'leaflet'
  | 'empty'
  | 'not_a_home'
  | 'unsafe';

export interface Address {
  id: Id;
  street: string;
  /** "12", "12 A" or "12 A-2". */
  number: string;
  postcode: string;
  city: string;
  /** Groups doors behind one shared front door; "" is a front door of its own. */
  entrance: string;
}

/** Ids that a stop keeps for what may begin there, the same on both phones of a pair. */
export interface Reserved {
  attempt_id: Id;
  household_id: Id;
  conversation_id: Id;
  plan_id: Id;
}

/** Two people changed the same thing: both values, until a person settles it. */
export interface Difference {
  id: Id;
  object_kind: string;
  object_id: string;
  field: string;
  shown: unknown;
  other: unknown;
}

export interface LockMinutes {
  untouched: number;
  talk: number;
  cover: number;
}

export interface ProfileBody {
  account: { id: Id; name: string; first_name: string; role: string; language: string };
  municipality: { name: string; privacy_contact: string; duty_phone: string };
  teams: { id: Id; name: string; district: string; duty_phone: string }[];
  supervisors: { first_name: string; phone: string }[];
  /** Of the whole municipality; a profile of an older server has none. */
  coordinators?: { first_name: string; phone: string }[];
  /** So long after its last contact this phone is read. */
  lease_hours: number;
  /** Untouched for so long it shuts, or is covered; a profile of an older server has none. */
  lock_minutes?: LockMinutes;
  /** Devices of this account that keep something and may be read; an older server names none. */
  devices?: Id[];
  /** Households that did not fit on this phone. */
  left_out: number;
  /** To which this phone seals what only the server may read: a P-256 point, base64. */
  escrow_key: { id: Id; public_key: string };
}

export interface RoundBody {
  date: DayText;
  day_part: PartOfDay;
  state: 'published' | 'closed';
  campaign: {
    id: Id;
    name: string;
    letter_on: DayText | null;
    ends_on: DayText;
    aftercare_weeks: number;
    guide_id: Id;
    consent_text_id: Id;
  };
  base: { name: string; address: string; opening_hours: string };
  pair: { id: Id; first_name: string }[];
  stops: { id: Id; position: number }[];
  /** The desk changed it after it went out: how many doors went and came since; else not there. */
  changed?: { at: string; gone: number; added: number };
  /** What the pair said of being out; there is none until they say something. */
  watch?: RoundWatch;
}

/** `until` is Amsterdam's clock on the day of the round; `help` the call that is open. */
export interface RoundWatch {
  started: boolean;
  finished: boolean;
  until: string;
  help: Id | null;
}

/** Only what planning needs, from fixed lists; which fields depends on the outcome. */
export interface OutcomeDetails {
  scope?: Scope;
  date?: DayText;
  day_part?: PartOfDay;
  language?: string;
}

export interface StopBody {
  round_id: Id;
  position: number;
  address: Address;
  reserved: Reserved;
  split_of: Id | null;
  attempt: null | {
    outcome: Outcome;
    details: OutcomeDetails;
    date: DayText;
    day_part: PartOfDay;
    by: Id;
  };
  earlier: { date: DayText; day_part: PartOfDay; outcome: Outcome }[];
  notices: Notice[];
  hold: null | string;
  appointment: null | { date: DayText; day_part: PartOfDay };
  left: boolean;
  differences: Difference[];
  /** When a resident rather has somebody; only where they said so on the page behind their letter. */
  wish?: { day_parts: PartOfDay[]; first_day: null | DayText; last_day: null | DayText };
}

export interface Contact {
  called_name: string;
  channel: Channel;
  value: string;
  when: string;
  voicemail_ok: boolean;
}

export interface Conversation {
  id: Id;
  stop_id: Id | null;
  campaign_id: Id;
  date: DayText;
  noted: boolean;
  state: 'open' | 'closed' | 'withdrawn';
  guide_id: Id;
  consent_text_id: Id;
}

export interface Consent {
  id: Id;
  purpose: Purpose;
  given: boolean;
  language: string;
  how: string;
  team_id: Id | null;
  made_at: Instant;
  withdrawn_at: Instant | null;
}

export interface Note {
  id: Id;
  domain: string;
  position: number;
  text: string;
}

export interface Step {
  id: Id;
  position: number;
  text: string;
  who: Who;
  who_name: string;
  by: string;
  status: StepStatus;
}

export interface Goal {
  id: Id;
  position: number;
  domain: string;
  text: string;
  steps: Step[];
}

export interface Plan {
  id: Id;
  print_wanted: boolean;
  bring_by: Id | null;
  bring_on: DayText | null;
  goals: Goal[];
}

export interface Aftercare {
  id: Id;
  due_on: DayText;
  day_part: PartOfDay | '';
  kind: 'visit' | 'call';
  account_id: Id;
  outcome: AftercareOutcome | '';
  more_help: boolean;
  closed: boolean;
}

export interface Handover {
  id: Id;
  team_id: Id;
  state: HandoverState;
  urgency: Urgency;
  why: string;
  domains: string[];
  company_wanted: boolean;
  called_at: Instant | null;
  answer: null | {
    state: HandoverState;
    by: string;
    reason: string;
    words: string;
    feedback: string;
    at: Instant;
  };
}

export interface HouseholdBody {
  role: 'recorder' | 'aftercare';
  stop_id: Id | null;
  address: null | Address;
  contact: null | Contact;
  conversation: null | Conversation;
  consents: Consent[];
  assessments: Record<string, Answer>;
  notes: Note[];
  advices: { domain: string; key: string }[];
  /** `taken_on`: a professional sees to the first talk. */
  debt_help: null | { asked_on: DayText; pass_on: boolean; crisis: boolean; taken_on: boolean };
  plan: null | Plan;
  aftercares: Aftercare[];
  handovers: Handover[];
  differences: Difference[];
}

export interface DossierBodies {
  profile: ProfileBody;
  guide: GuideBody;
  consent_text: ConsentTextBody;
  round: RoundBody;
  stop: StopBody;
  household: HouseholdBody;
  letter: LetterBody;
  letter_page: LetterPageBody;
  call_back: CallBackBody;
  voucher: VoucherBody;
}

export type DossierKind = keyof DossierBodies;

/** One dossier as the server gave it; `version` is compared for equality only. */
export type Dossier = {
  [K in DossierKind]: { id: Id; kind: K; version: string; body: DossierBodies[K] };
}[DossierKind];

/** What a screen shows: the server's dossier with unsent work laid over it. */
export interface Shown<K extends DossierKind> {
  readonly id: Id;
  readonly body: DossierBodies[K];
}
