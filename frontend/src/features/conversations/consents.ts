/** What the household said yes or no to, per purpose; a no takes what hung on the yes. */
import { ports } from '../../lib/ports';
import type { View } from '../../store/types';
import { forgetDraft } from '../../sync/drafts';
import { scrub, unqueue } from '../../sync/forgetting';
import { change, newEntry, record, type Saved } from '../../sync/record';
import type {
  Consent,
  Draft,
  Id,
  Mutation,
  MutationKind,
  OutboxEntry,
  Purpose,
} from '../../sync/wire';
import { isAboutHealth } from './health';
import type { Talk } from './talk';

/** What may no longer be on the phone once a purpose is withdrawn. */
const FALLS: Partial<Record<Purpose, readonly MutationKind[]>> = {
  note: [
    'domain.assess',
    'note.add',
    'note.amend',
    'note.remove',
    'advice.set',
    'goal.set',
    'goal.remove',
    'step.set',
    'step.remove',
    'step.set_status',
    'plan.print',
    'aftercare.plan',
    'aftercare.record',
    'difference.settle',
    'handover.offer',
    'handover.answer',
  ],
  contact: ['contact.set'],
};

/** Unsent work that hangs on this purpose; a request that they let us pass on stands. */
function fallsWith(
  purpose: Purpose,
  householdId: Id,
  { entries, dossier }: View,
): (entry: OutboxEntry) => boolean {
  const health = isAboutHealth(entries, dossier(householdId));
  const kinds = FALLS[purpose] ?? [];
  const keptBack = ({ kind, body }: Mutation): boolean =>
    purpose === 'note' && kind === 'debt_help.ask' && !body.pass_on;
  return ({ mutation }) =>
    mutation.dossier_id === householdId &&
    (kinds.includes(mutation.kind) ||
      keptBack(mutation) ||
      (purpose === 'health' && health(mutation)));
}

/** Queue a no or a withdrawal; what hung on the yes leaves the phone, sent before or not. */
function takeBack(draft: Draft, purpose: Purpose): Promise<Saved> {
  const entry = newEntry(draft);
  const householdId = draft.dossier_id;
  return change((view) => [
    ...unqueue(view.entries.filter(fallsWith(purpose, householdId, view))),
    ...scrub(view.dossier(householdId), entry.mutation),
    // A hand-over or an answer that was being written rests on both.
    ...(['note', 'share'].includes(purpose)
      ? [forgetDraft('handover', householdId), forgetDraft('answer', householdId)]
      : []),
    { do: 'queue', entry },
  ]);
}

export interface ConsentGiven {
  readonly purpose: Purpose;
  readonly given: boolean;
  readonly consentTextId: Id;
  /** In which language the text was read out. */
  readonly language: string;
  readonly how?: string;
  /** The named receiver, for `share`. */
  readonly teamId?: Id | null;
}

/** Record what the household said per purpose; the new consent's id comes along. */
export function recordConsent(
  talk: Talk,
  { purpose, given, consentTextId, language, how = 'spoken', teamId = null }: ConsentGiven,
): { consentId: Id; saved: Promise<Saved> } {
  const consent_id = ports.random.uuid();
  const body = {
    consent_id,
    conversation_id: talk.conversationId,
    purpose,
    given,
    consent_text_id: consentTextId,
    language,
    how,
    team_id: teamId,
  };
  const draft: Draft = { kind: 'consent.record', dossier_id: talk.householdId, body };
  return { consentId: consent_id, saved: given ? record(draft) : takeBack(draft, purpose) };
}

/** Withdraw a consent; what hung on it leaves the phone, unsent work included. */
export function withdrawConsent(
  householdId: Id,
  consent: Pick<Consent, 'id' | 'purpose'>,
): Promise<Saved> {
  const body = { consent_id: consent.id };
  return takeBack({ kind: 'consent.withdraw', dossier_id: householdId, body }, consent.purpose);
}
