/** What the household said yes or no to, per purpose; a no takes what hung on the yes. */
import { ports } from '../../lib/ports';
import type { Change, View } from '../../store/types';
import { draftIn, forgetDraft } from '../../sync/drafts';
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

/** A purpose that the household says no to, and for which team. */
interface Taken {
  readonly purpose: Purpose;
  readonly teamId: Id | null;
}

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

/** Half-filled forms that rest on what is taken back: on noting all, on sharing those for that team. */
function draftsOn({ purpose, teamId }: Taken, householdId: Id, view: View): Change[] {
  if (purpose === 'note') {
    return [forgetDraft('handover', householdId), forgetDraft('answer', householdId)];
  }
  if (purpose !== 'share') return [];
  const offered = draftIn(view, 'handover', householdId) as { teamId?: Id | null } | null;
  const stored = view.dossier(householdId);
  const handovers = stored?.kind === 'household' ? stored.body.handovers : [];
  const asked = handovers.some(({ team_id, state }) => team_id === teamId && state === 'returned');
  return [
    ...(offered?.teamId === teamId ? [forgetDraft('handover', householdId)] : []),
    ...(asked ? [forgetDraft('answer', householdId)] : []),
  ];
}

/** Queue a no or a withdrawal; what hung on the yes leaves the phone, sent before or not. */
function takeBack(draft: Draft, taken: Taken): Promise<Saved> {
  const entry = newEntry(draft);
  const householdId = draft.dossier_id;
  return change((view) => [
    ...unqueue(view.entries.filter(fallsWith(taken.purpose, householdId, view))),
    ...scrub(view.dossier(householdId), entry.mutation),
    ...draftsOn(taken, householdId, view),
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
  return {
    consentId: consent_id,
    saved: given ? record(draft) : takeBack(draft, { purpose, teamId }),
  };
}

/** A consent to withdraw; `team_id` where it is one to share. */
export type Withdrawn = Pick<Consent, 'id' | 'purpose'> & Partial<Pick<Consent, 'team_id'>>;

/** Withdraw a consent; what hung on it leaves the phone, unsent work included. */
export function withdrawConsent(
  householdId: Id,
  { id, purpose, team_id: teamId = null }: Withdrawn,
): Promise<Saved> {
  const body = { consent_id: id };
  const draft: Draft = { kind: 'consent.withdraw', dossier_id: householdId, body };
  return takeBack(draft, { purpose, teamId });
}
