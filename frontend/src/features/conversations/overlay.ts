/** The talk, laid over a household as the server would project it. */
import {
  adjust,
  by,
  upsert,
  whenThere,
  type DifferingBody,
  type Registry,
  type StepAt,
} from '../../sync/overlay';
import { settled } from '../../sync/settle';
import { healthTakenBack, withoutHealth } from './health';
import type {
  Answer,
  Consent,
  Contact,
  Difference,
  HouseholdBody,
  Instant,
  MutationOf,
  Note,
  Purpose,
} from '../../sync/wire';

const byPurpose = by<Consent>(
  ({ purpose }) => purpose,
  ({ id }) => id,
);
const byPlace = by<Note>(
  ({ position }) => position,
  ({ id }) => id,
);
const byDomain = by<{ domain: string; key: string }>(
  ({ domain }) => domain,
  ({ key }) => key,
);

const nobody: HouseholdBody = {
  role: 'recorder',
  stop_id: null,
  address: null,
  contact: null,
  conversation: null,
  consents: [],
  assessments: {},
  notes: [],
  advices: [],
  debt_help: null,
  plan: null,
  aftercares: [],
  handovers: [],
  differences: [],
};

/** Before somebody agrees there is no household: the talk makes it, at the stop's address. */
function open(
  body: HouseholdBody | null,
  mutation: MutationOf<'conversation.open'>,
  at: StepAt,
): HouseholdBody {
  const { conversation_id, stop_id, guide_id, consent_text_id, noted, date } = mutation.body;
  const before = body?.conversation;
  if (body !== null && before?.id === conversation_id) {
    // Once the household said yes or no, that is what counts.
    const asked = body.consents.some(({ purpose }) => purpose === 'note');
    const again = { guide_id, consent_text_id, date, noted: asked ? before.noted : noted };
    return { ...body, conversation: { ...before, ...again } };
  }
  const stop = at.look('stop', stop_id);
  const round = stop && at.look('round', stop.round_id);
  return {
    ...(body ?? { ...nobody, stop_id, address: stop?.address ?? null }),
    conversation: {
      id: conversation_id,
      stop_id,
      campaign_id: round?.campaign.id ?? '',
      date,
      noted,
      state: 'open',
      guide_id,
      consent_text_id,
    },
  };
}

function counts({ given, withdrawn_at }: Consent): boolean {
  return given && withdrawn_at === null;
}

/** A later answer to the same question takes the place of the one before; a no takes back the yes. */
function recordConsent(body: HouseholdBody, mutation: MutationOf<'consent.record'>): HouseholdBody {
  const { consent_id, purpose, given, language, how, team_id } = mutation.body;
  if (body.consents.some(({ id }) => id === consent_id)) return body;
  const answer = { purpose, given, language, how, team_id };
  const consent = { id: consent_id, ...answer, made_at: mutation.made_at, withdrawn_at: null };
  const isBefore = (one: Consent): boolean => one.purpose === purpose && one.team_id === team_id;
  const others = body.consents.filter((one) => !isBefore(one));
  const next = { ...body, consents: upsert(others, consent, byPurpose) };
  if (!given && body.consents.some((one) => isBefore(one) && counts(one))) {
    return withoutWhat(purpose, next, mutation.made_at);
  }
  return purpose === 'note' ? { ...next, conversation: noting(next, given) } : next;
}

/** Write from now on, or not; a talk whose notes were taken back opens again on a new yes. */
function noting({ conversation }: HouseholdBody, noted: boolean): HouseholdBody['conversation'] {
  if (conversation === null) return null;
  const { state } = conversation;
  return { ...conversation, noted, state: noted && state === 'withdrawn' ? 'open' : state };
}

/** Without consent to note only the fact of the talk remains, and what was passed on already. */
function withoutNotes(body: HouseholdBody, at: Instant): HouseholdBody {
  const { conversation, debt_help } = body;
  return {
    ...body,
    consents: healthTakenBack(body.consents, at),
    conversation: conversation && { ...conversation, noted: false, state: 'withdrawn' },
    assessments: {},
    notes: [],
    advices: [],
    debt_help: debt_help?.pass_on === true ? debt_help : null,
    plan: null,
    aftercares: [],
    differences: [],
  };
}

function withoutWhat(purpose: Purpose, body: HouseholdBody, at: Instant): HouseholdBody {
  if (purpose === 'note') return withoutNotes(body, at);
  if (purpose === 'health') return withoutHealth(body);
  return purpose === 'contact' ? { ...body, contact: null } : body;
}

function withdraw(body: HouseholdBody, mutation: MutationOf<'consent.withdraw'>): HouseholdBody {
  const consent = body.consents.find(({ id }) => id === mutation.body.consent_id);
  if (consent === undefined || consent.withdrawn_at !== null) return body;
  const ended: Consent = { ...consent, withdrawn_at: mutation.made_at };
  const left = { ...body, consents: upsert(body.consents, ended, byPurpose) };
  return withoutWhat(consent.purpose, left, mutation.made_at);
}

function addNote(body: HouseholdBody, { body: said }: MutationOf<'note.add'>): HouseholdBody {
  const { note_id, domain, position, text } = said;
  const there = body.notes.find(({ id }) => id === note_id);
  const note = there ?? { id: note_id, domain, position, text };
  return { ...body, notes: upsert(body.notes, note, byPlace) };
}

function amendNote(body: HouseholdBody, { body: said }: MutationOf<'note.amend'>): HouseholdBody {
  const change = (note: Note): Note => ({ ...note, text: said.text });
  return { ...body, notes: adjust(body.notes, said.note_id, change, byPlace) };
}

function removeNote(body: HouseholdBody, { body: said }: MutationOf<'note.remove'>): HouseholdBody {
  return { ...body, notes: body.notes.filter(({ id }) => id !== said.note_id) };
}

function setAdvice(body: HouseholdBody, { body: said }: MutationOf<'advice.set'>): HouseholdBody {
  const { domain, key, on } = said;
  const others = body.advices.filter((advice) => advice.key !== key);
  return { ...body, advices: on ? [...others, { domain, key }].sort(byDomain) : others };
}

function askDebtHelp(body: HouseholdBody, mutation: MutationOf<'debt_help.ask'>): HouseholdBody {
  const { asked_on, pass_on, crisis } = mutation.body;
  const taken_on = body.debt_help?.taken_on ?? false;
  return { ...body, debt_help: { asked_on, pass_on, crisis, taken_on } };
}

function close(body: HouseholdBody): HouseholdBody {
  const { conversation } = body;
  if (conversation?.state !== 'open') return body;
  return { ...body, conversation: { ...conversation, state: 'closed' } };
}

/** The server's column names of a contact, and ours. */
const CONTACT_FIELDS: Record<string, keyof Contact> = {
  called_name: 'called_name',
  contact_channel: 'channel',
  contact_value: 'value',
  contact_when: 'when',
  voicemail_ok: 'voicemail_ok',
};

type DebtHelp = NonNullable<HouseholdBody['debt_help']>;

function settle(body: HouseholdBody, mutation: MutationOf<'difference.settle'>): HouseholdBody {
  const kept = settled(body.differences, mutation);
  if (kept === null) return body;
  const { object_kind, object_id, field, other } = kept;
  if (object_kind === 'assessment') {
    // Its field is the domain: a column would tell a phone nothing.
    return { ...body, assessments: { ...body.assessments, [field]: other as Answer } };
  }
  if (object_kind === 'note') {
    const change = (note: Note): Note => ({ ...note, text: String(other) });
    return { ...body, notes: adjust(body.notes, object_id, change, byPlace) };
  }
  if (object_kind === 'debt_help_request' && body.debt_help !== null) {
    return { ...body, debt_help: { ...body.debt_help, [field]: other } };
  }
  const own = object_kind === 'household' ? CONTACT_FIELDS[field] : undefined;
  if (own === undefined || body.contact === null) return body;
  return { ...body, contact: { ...body.contact, [own]: other } };
}

function stands(body: DifferingBody, { object_kind, object_id, field }: Difference): unknown {
  if (!('notes' in body)) return undefined;
  if (object_kind === 'assessment') return body.assessments[field];
  if (object_kind === 'note') return body.notes.find(({ id }) => id === object_id)?.text;
  if (object_kind === 'debt_help_request') return body.debt_help?.[field as keyof DebtHelp];
  const own = object_kind === 'household' ? CONTACT_FIELDS[field] : undefined;
  return own && body.contact?.[own];
}

export const conversationsOverlay: Registry = {
  steps: {
    household: {
      'conversation.open': open,
      'consent.record': whenThere(recordConsent),
      'consent.withdraw': whenThere(withdraw),
      'contact.set': whenThere((body, { body: contact }) => ({ ...body, contact: { ...contact } })),
      'domain.assess': whenThere((body, { body: said }) => ({
        ...body,
        assessments: { ...body.assessments, [said.domain]: said.answer },
      })),
      'note.add': whenThere(addNote),
      'note.amend': whenThere(amendNote),
      'note.remove': whenThere(removeNote),
      'advice.set': whenThere(setAdvice),
      'debt_help.ask': whenThere(askDebtHelp),
      'debt_help.drop': whenThere((body) => ({ ...body, debt_help: null })),
      'conversation.close': whenThere(close),
      'dossier.discard': () => null,
      'difference.settle': whenThere(settle),
    },
  },
  creates: (mutation) =>
    mutation.kind === 'conversation.open' ? { kind: 'household', id: mutation.dossier_id } : null,
  needs: (mutation) => (mutation.kind === 'conversation.open' ? [mutation.body.stop_id] : []),
  stands,
};
