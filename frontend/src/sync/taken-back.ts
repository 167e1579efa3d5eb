/** Of what arrives in one answer with what takes it back, no copy is kept for the server. */
import { takenBy, type Copy } from '../store/copies';
import type { Id } from '../store/dossiers';
import type { Mutation } from '../store/mutations';
import type { OutboxEntry, View } from '../store/types';

/** What a consent was for, as far as this phone can tell. */
function purposeOf(view: View, dossier: Id, consent: Id): string | undefined {
  const asked = view.entries.map(({ mutation }) => mutation);
  const said = asked.find(
    ({ kind, body }) => kind === 'consent.record' && body.consent_id === consent,
  );
  if (said?.kind === 'consent.record') return said.body.purpose;
  const household = view.dossier(dossier);
  if (household?.kind !== 'household') return undefined;
  return household.body.consents.find(({ id }) => id === consent)?.purpose;
}

/** What the household takes back, or says no to; null when this is about no consent. */
function refused(view: View, { kind, dossier_id, body }: Mutation): string | null | undefined {
  if (kind === 'consent.record') return body.purpose;
  return kind === 'consent.withdraw' ? purposeOf(view, dossier_id, body.consent_id) : null;
}

/** Words that rest on other consents stay; where it cannot tell, rather one too many goes. */
function mayTake(view: View, mutation: Mutation, copy: Copy): boolean {
  const purpose = refused(view, mutation);
  if (purpose === 'contact') return copy.kind === 'contact.set';
  return purpose !== 'share' && purpose !== 'feedback';
}

/** Did what was said after it, and arrived with it, take it back? */
export function takenBack(view: View, copy: Copy, sent: readonly OutboxEntry[]): boolean {
  return sent.some(
    ({ mutation, seq }) =>
      seq > copy.seq && mayTake(view, mutation, copy) && takenBy(mutation, [copy]).length > 0,
  );
}
