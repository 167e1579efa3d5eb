/** A worry, noted as facts. Once it has arrived nothing of it stays on the phone. */
import { ports } from '../../lib/ports';
import { record, type Saved } from '../../sync/record';
import type { Id } from '../../sync/wire';

/** Hand in a concern; it counts in the outbox and is never listed or shown again. */
export function raiseConcern(facts: string, addressId: Id | null = null): Promise<Saved> {
  const concern_id = ports.random.uuid();
  const body = { concern_id, address_id: addressId, facts };
  return record({ kind: 'concern.raise', dossier_id: concern_id, body });
}
