/** What befell a volunteer, and a talk that was heavy. Once it arrived no word of it stays here. */
import { today } from '../../lib/dates';
import { ports } from '../../lib/ports';
import { NO_DOOR } from '../../store/forms';
import { forgetDraft } from '../../sync/drafts';
import { change, keep, newEntry, record, type Saved } from '../../sync/record';
import type { Id, MutationBodies } from '../../sync/wire';

type Told = Omit<MutationBodies['incident.raise'], 'incident_id'>;

/** Tell of an incident; `id` is known at once, so that the screen can show who calls back. */
export function raiseIncident(told: Told): { id: Id; saved: Promise<Saved> } {
  const incident_id = ports.random.uuid();
  const body = { incident_id, ...told };
  const entry = newEntry({ kind: 'incident.raise', dossier_id: incident_id, body });
  return {
    id: incident_id,
    saved: change(() => [{ do: 'queue', entry }, forgetDraft('incident', NO_DOOR)]),
  };
}

/** Throw away what was being written. */
export function dropIncident(): Promise<Saved> {
  return keep(() => [forgetDraft('incident', NO_DOOR)]);
}

/** *Zwaar gesprek*: call me. Which talk it was is not said. */
export function tellOfHeavyTalk(): { id: Id; saved: Promise<Saved> } {
  const debrief_id = ports.random.uuid();
  const body = { debrief_id, date: today() };
  const saved = record({ kind: 'talk.was_heavy', dossier_id: debrief_id, body });
  return { id: debrief_id, saved };
}
