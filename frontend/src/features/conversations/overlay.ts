/** The talk, laid over a household as the server would project it. */
import { adjust, by, upsert, whenThere, type Registry, type StepAt } from '../../sync/overlay';
import { settled } from '../../sync/settle';
import type { Answer, Consent, HouseholdBody, MutationOf, Note } from '../../sync/wire';

const byPurpose = by<Consent>(
  ({ purpose }) => purpose,
  ({ id }) => id,
);
const byPlace = by<Note>(
  ({ domain }) => domain,
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
    return { ...body, conversation: { ...before, guide_id, consent_text_id, noted, date } };
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

function recordConsent(body: HouseholdBody, mutation: MutationOf<'consent.record'>): HouseholdBody {
  const { consent_id, purpose, given, language, how, team_id } = mutation.body;
  const { made_at } = mutation;
  const consent: Consent = {
    id: consent_id,
    purpose,
    given,
    language,
    how,
    team_id,
    made_at,
    withdrawn_at: null,
  };
  return { ...body, consents: upsert(body.consents, consent, byPurpose) };
}

/** Without consent to note only the fact of the talk remains. */
function withoutNotes(body: HouseholdBody): HouseholdBody {
  const { conversation } = body;
  return {
    ...body,
    conversation: conversation && { ...conversation, noted: false, state: 'withdrawn' },
    assessments: {},
    notes: [],
    advices: [],
    plan: null,
    aftercares: [],
    differences: [],
  };
}

function withdraw(body: HouseholdBody, mutation: MutationOf<'consent.withdraw'>): HouseholdBody {
  const consent = body.consents.find(({ id }) => id === mutation.body.consent_id);
  if (consent === undefined) return body;
  const ended: Consent = { ...consent, withdrawn_at: consent.withdrawn_at ?? mutation.made_at };
  const next = { ...body, consents: upsert(body.consents, ended, byPurpose) };
  if (consent.purpose === 'note') return withoutNotes(next);
  if (consent.purpose === 'contact') return { ...next, contact: null };
  return next;
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
  return { ...body, debt_help: { asked_on, pass_on, crisis } };
}

function close(body: HouseholdBody): HouseholdBody {
  const { conversation } = body;
  if (conversation?.state !== 'open') return body;
  return { ...body, conversation: { ...conversation, state: 'closed' } };
}

function settle(body: HouseholdBody, mutation: MutationOf<'difference.settle'>): HouseholdBody {
  const kept = settled(body.differences, mutation);
  if (kept === null) return body;
  if (kept.object_kind === 'assessment') {
    const domain = kept.object_id in body.assessments ? kept.object_id : kept.field;
    const assessments = { ...body.assessments, [domain]: kept.other as Answer };
    return { ...body, assessments };
  }
  if (kept.object_kind !== 'note' || typeof kept.other !== 'string') return body;
  const text = kept.other;
  const notes = adjust(body.notes, kept.object_id, (note) => ({ ...note, text }), byPlace);
  return { ...body, notes };
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
};
