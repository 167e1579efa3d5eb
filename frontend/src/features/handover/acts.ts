/** Handing over to a team, from the phone. */
import { ports } from '../../lib/ports';
import { forgetDraft } from '../../sync/drafts';
import { change, newEntry, record, type Saved } from '../../sync/record';
import type { Id, Instant, Urgency } from '../../sync/wire';

export interface Offer {
  readonly householdId: Id;
  readonly conversationId: Id;
  /** The consent `share` for this team. */
  readonly consentId: Id;
  readonly teamId: Id;
  readonly why: string;
  readonly urgency: Urgency;
  readonly domains: readonly string[];
  readonly companyWanted: boolean;
  /** "Gebeld om", in a crisis: an instant, see `instant()` in sync/record. */
  readonly calledAt: Instant | null;
}

/** Offer the household to a team; it waits in the outbox until there is a line. */
export function offerHandover(offer: Offer): { handoverId: Id; saved: Promise<Saved> } {
  const handover_id = ports.random.uuid();
  const body = {
    handover_id,
    conversation_id: offer.conversationId,
    consent_id: offer.consentId,
    team_id: offer.teamId,
    why: offer.why,
    urgency: offer.urgency,
    domains: [...offer.domains],
    company_wanted: offer.companyWanted,
    called_at: offer.calledAt,
  };
  const entry = newEntry({ kind: 'handover.offer', dossier_id: offer.householdId, body });
  const saved = change(() => [{ do: 'queue', entry }, forgetDraft('handover', offer.householdId)]);
  return { handoverId: handover_id, saved };
}

/** Answer the coach's question; the hand-over goes back to the team. */
export function answerHandover(householdId: Id, handoverId: Id, words: string): Promise<Saved> {
  const body = { handover_id: handoverId, words };
  const entry = newEntry({ kind: 'handover.answer', dossier_id: householdId, body });
  return change(() => [{ do: 'queue', entry }, forgetDraft('answer', householdId)]);
}

/** Take the hand-over back. */
export function withdrawHandover(householdId: Id, handoverId: Id): Promise<Saved> {
  const body = { handover_id: handoverId };
  return record({ kind: 'handover.withdraw', dossier_id: householdId, body });
}
