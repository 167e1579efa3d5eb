/** A worry, noted as facts. Once it has arrived nothing of it stays on the phone. */
import { ports } from '../../lib/ports';
import { NO_DOOR } from '../../store/forms';
import { forgetDraft } from '../../sync/drafts';
import { change, keep, newEntry, type Saved } from '../../sync/record';
import type { Id } from '../../sync/wire';

/** Hand in a concern; it counts in the outbox and is never listed or shown again. */
export function raiseConcern(
  facts: string,
  addressId: Id | null = null,
  about: Id = NO_DOOR,
): Promise<Saved> {
  const concern_id = ports.random.uuid();
  const body = { concern_id, address_id: addressId, facts };
  const entry = newEntry({ kind: 'concern.raise', dossier_id: concern_id, body });
  return change(() => [{ do: 'queue', entry }, forgetDraft('worry', about)]);
}

/** Throw away what was being written. */
export function dropWorry(about: Id): Promise<Saved> {
  return keep(() => [forgetDraft('worry', about)]);
}
