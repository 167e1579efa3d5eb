/**
 * The contract of docs/sync.md: request and answer of the sync, and the guards that decide what
 * counts. Dossiers and mutations are spelled out in store/, which stands below and keeps them.
 */
import type { Release } from '../lib/release';
import type { CopyBox } from '../store/copies';
import type { Dossier, DossierKind, Id, Instant } from '../store/dossiers';
import type { Mutation } from '../store/mutations';
import { OUTCOMES, type MutationOutcome } from '../store/types';

export type * from '../store/dossiers';
export type * from '../store/mutations';
export { OUTCOMES } from '../store/types';
export type { Change, MutationOutcome, OutboxEntry, StoreProblem } from '../store/types';

/** Of request and answer; a mutation has a number of its own. */
export const SCHEMA = 2 as const;
/** Of dossiers and their bodies: part of what a version is made of. */
export const BODIES_SCHEMA = 1;
/** Dossiers beyond those of schema 2: the server gives them to who says that they have a place. */
export const LATER_KINDS: readonly DossierKind[] = ['call_back', 'voucher', 'letter', 'letter_page'];

export interface SyncRequest {
  schema: typeof SCHEMA;
  app: Release;
  device_id: Id;
  receipt: Id | null;
  holdings_hash: string;
  holdings?: Record<Id, string>;
  /** Boxes of what arrived lately, for a server that does not know our receipt. */
  copies?: CopyBox[];
  mutations: Mutation[];
  more: boolean;
  /** Dossier id → the version it should have once `mutations` are taken: it need not come back then. */
  expects?: Record<Id, string>;
  kinds?: readonly DossierKind[];
  /** What stays on this phone after this request, and when the oldest of it was made. */
  unsent?: Unsent;
}

export interface Unsent {
  readonly count: number;
  readonly oldest: Instant | null;
}

export interface OutcomeLine {
  id: Id;
  outcome: MutationOutcome;
  code: string;
}

/** What was taken out of a dossier: everything, one note, or all that rested on a consent. */
export interface GoneLine {
  dossier_id: Id;
  what: 'household' | 'note' | 'noting' | 'health' | 'contact';
  /** The note's; else the dossier's. */
  id: Id;
}

export interface SyncAnswer {
  schema: typeof SCHEMA;
  /** Whose question this answers: one without mutations names no ids. */
  device_id: Id;
  ids: Id[];
  receipt: Id | null;
  outcomes: OutcomeLine[];
  dossiers: Dossier[];
  /** These are what the phone expected them to be. */
  as_expected: Id[];
  drops: Id[];
  erased: GoneLine[];
  need_holdings: boolean;
  /** This app is too old: it may send, and gets nothing new. */
  renew: boolean;
  more: boolean;
}

type Shape = 'text' | 'number' | 'flag' | 'list' | 'map' | 'map?' | 'text?';

/** The first level of every body: enough to keep a damaged one away from the screens. */
const BODIES: Record<DossierKind, Record<string, Shape>> = {
  profile: {
    account: 'map',
    municipality: 'map',
    teams: 'list',
    supervisors: 'list',
    lease_hours: 'number',
    left_out: 'number',
    escrow_key: 'map',
  },
  guide: { key: 'text', version: 'text', title: 'text', content: 'map' },
  consent_text: { key: 'text', version: 'text', content: 'map' },
  round: {
    date: 'text',
    day_part: 'text',
    state: 'text',
    campaign: 'map',
    base: 'map',
    pair: 'list',
    stops: 'list',
  },
  stop: {
    round_id: 'text',
    position: 'number',
    address: 'map',
    reserved: 'map',
    split_of: 'text?',
    attempt: 'map?',
    earlier: 'list',
    notices: 'list',
    hold: 'text?',
    appointment: 'map?',
    left: 'flag',
    differences: 'list',
  },
  household: {
    role: 'text',
    stop_id: 'text?',
    address: 'map?',
    contact: 'map?',
    conversation: 'map?',
    consents: 'list',
    assessments: 'map',
    notes: 'list',
    advices: 'list',
    debt_help: 'map?',
    plan: 'map?',
    aftercares: 'list',
    handovers: 'list',
    differences: 'list',
  },
  letter: { campaign_id: 'text', recognition_word: 'text', earlier_words: 'list', pages: 'list' },
  letter_page: { letter_id: 'text', width: 'number', height: 'number', picture: 'text' },
  call_back: { about: 'text', kind: 'text', date: 'text', taken_by: 'text?', called: 'map?' },
  voucher: { campaign_id: 'text', name: 'text', with_codes: 'flag', given: 'list' },
};

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function hasShape(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'text?':
      return value === null || typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'map':
      return isMap(value);
    case 'map?':
      return value === null || isMap(value);
  }
}

/** Does this body have the fields that a dossier of its kind must have? */
export function fitsKind(kind: string, body: unknown): boolean {
  if (!isMap(body) || !(kind in BODIES)) return false;
  const fields = BODIES[kind as DossierKind];
  return Object.entries(fields).every(([name, shape]) => hasShape(body[name], shape));
}

function isOutcomeLine(value: unknown): value is OutcomeLine {
  if (!isMap(value)) return false;
  const words: readonly string[] = OUTCOMES;
  return (
    typeof value['id'] === 'string' &&
    typeof value['code'] === 'string' &&
    typeof value['outcome'] === 'string' &&
    words.includes(value['outcome'])
  );
}

function isDossier(value: unknown): boolean {
  if (!isMap(value)) return false;
  const named = [value['id'], value['kind'], value['version']];
  return named.every((item) => typeof item === 'string') && isMap(value['body']);
}

const GONE: readonly string[] = ['household', 'note', 'noting', 'health', 'contact'];

function isGoneLine(value: unknown): value is GoneLine {
  if (!isMap(value)) return false;
  const { dossier_id, what, id } = value;
  const named = typeof dossier_id === 'string' && typeof id === 'string';
  return named && typeof what === 'string' && GONE.includes(what);
}

function sameIds(given: string[], sent: readonly string[]): boolean {
  return given.length === sent.length && given.every((id, index) => id === sent[index]);
}

/** What a request sends, in the order in which an answer must name it. */
export function idsOf({ copies = [], mutations }: SyncRequest): Id[] {
  return [...copies, ...mutations].map(({ id }) => id);
}

/** Schema 1, of an older server, does not say whom it answers, what is gone, or who is too old. */
function lifted(value: Record<string, unknown>, device_id: Id): Record<string, unknown> {
  if (value['schema'] !== 1) return value;
  return { ...value, schema: SCHEMA, device_id, as_expected: [], erased: [], renew: false };
}

/** One outcome at most for each thing that was sent, and for nothing else. */
function areOutcomes(value: unknown, sent: readonly Id[]): value is OutcomeLine[] {
  if (!Array.isArray(value) || !value.every(isOutcomeLine)) return false;
  const told = new Set(value.map(({ id }) => id));
  return told.size === value.length && value.every(({ id }) => sent.includes(id));
}

/**
 * The answer when it counts, else null: JSON of our schema, for this phone, that names exactly the
 * ids that were sent.
 * A dossier that does not fit its kind is left out; the unequal hash makes the server send it again.
 */
export function readAnswer(value: unknown, request: SyncRequest): SyncAnswer | null {
  if (!isMap(value)) return null;
  const { device_id } = request;
  const { schema, ...rest } = lifted(value, device_id);
  if (schema !== SCHEMA || rest['device_id'] !== device_id) return null;
  const sent = idsOf(request);
  const { ids, receipt, outcomes, dossiers, as_expected, drops, erased } = rest;
  const { need_holdings, renew, more } = rest;
  if (!isTexts(ids) || !sameIds(ids, sent) || !isTexts(drops)) return null;
  const { expects = {} } = request;
  if (!isTexts(as_expected) || !as_expected.every((id) => id in expects)) return null;
  if (receipt !== null && typeof receipt !== 'string') return null;
  if (!areOutcomes(outcomes, sent)) return null;
  if (!Array.isArray(dossiers) || !dossiers.every(isDossier)) return null;
  if (!Array.isArray(erased) || !erased.every(isGoneLine)) return null;
  if (typeof need_holdings !== 'boolean' || typeof more !== 'boolean') return null;
  if (typeof renew !== 'boolean') return null;
  const sound = (dossiers as Dossier[]).filter(({ kind, body }) => fitsKind(kind, body));
  const said = { device_id, ids, receipt, outcomes, as_expected, drops, erased };
  return { schema: SCHEMA, dossiers: sound, ...said, need_holdings, renew, more };
}
