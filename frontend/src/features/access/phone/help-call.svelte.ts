/** Calling for help: what is written beside the dialling, and which call is open. */
import { ports } from '../../../lib/ports';
import type { Id, RoundBody } from '../../../store/dossiers';
import { record, type Saved } from '../../../sync/record';

/** Called without a round: this phone alone knows of it, until it is closed or taken back here. */
let withoutRound: Id | null = $state(null);

/** Help is asked: of the round that is walked, or under one's own id. */
export async function callHelp(dossierId: Id): Promise<Saved> {
  const call_id = ports.random.uuid();
  const saved = await record({ kind: 'help.call', dossier_id: dossierId, body: { call_id } });
  if (saved.ok) withoutRound = call_id;
  return saved;
}

/** *Vals alarm*. */
export async function withdrawHelp(dossierId: Id, call_id: Id): Promise<Saved> {
  const saved = await record({ kind: 'help.withdraw', dossier_id: dossierId, body: { call_id } });
  if (saved.ok) withoutRound = null;
  return saved;
}

/** The call that is open: as the round says it, else what was called here. */
export function openCall(round: { body: RoundBody } | null): Id | null {
  return round === null ? withoutRound : (round.body.watch?.help ?? null);
}
