/** Taking back: a consent, a request for debt help, everything. It works at once and offline. */
import { ports } from '../../lib/ports';
import { scrub, unqueue } from '../../sync/forgetting';
import { change, isLoose, newEntry, say, type Saved } from '../../sync/record';
import type {
  Change,
  Id,
  OutboxEntry,
  Outcome,
  OutcomeDetails,
  Reserved,
  Shown,
} from '../../sync/wire';
import { visitDraft } from '../visits/acts';
import type { Talk } from './talk';

export { withdrawConsent, type Withdrawn } from './consents';

function of(entries: readonly OutboxEntry[], dossierId: Id): OutboxEntry[] {
  return entries.filter(({ mutation }) => mutation.dossier_id === dossierId);
}

/** They do not ask for debt help after all. */
export function dropDebtHelp(talk: Talk): Promise<Saved> {
  const { householdId, conversationId: conversation_id } = talk;
  const drop = newEntry({
    kind: 'debt_help.drop',
    dossier_id: householdId,
    body: { conversation_id },
  });
  return change(({ entries, dossier }) => {
    const asked = of(entries, householdId).filter(
      ({ mutation }) => mutation.kind === 'debt_help.ask',
    );
    const stored = dossier(householdId);
    const known = stored?.kind === 'household' && stored.body.debt_help !== null;
    if (!known && asked.every(isLoose)) return unqueue(asked);
    return [...unqueue(asked), ...scrub(stored, drop.mutation), { do: 'queue', entry: drop }];
  });
}

/** What remains of the door after everything was thrown away. */
export interface Remains {
  readonly outcome: Outcome;
  readonly details?: OutcomeDetails;
}

/**
 * "Alles weggooien": the household's dossier and all its unsent work leave the phone now, sent
 * before or not; the server erases by the same id. What remains is the attempt: by default a talk
 * without notes; "niet meer bellen" is `{ outcome: 'refused', details: { scope: 'always' } }`.
 */
export function discardDossier(
  householdId: Id,
  stop: Shown<'stop'> | null,
  remains: Remains = { outcome: 'conversation_without_notes' },
): Promise<Saved> {
  const body = stop === null ? {} : { stop_id: stop.id, ...freshIds() };
  const discard = newEntry({ kind: 'dossier.discard', dossier_id: householdId, body });
  const visit = stop && newEntry(visitDraft(stop, remains.outcome, remains.details));
  return change(({ entries }) => [
    ...unqueue(of(entries, householdId)),
    { do: 'drop', id: householdId },
    { do: 'queue', entry: discard },
    ...(visit ? sayVisit(entries, visit) : []),
  ]);
}

/** The old ids are refused for ever: whoever talks at this door after all begins with these. */
function freshIds(): Omit<Reserved, 'attempt_id'> {
  const { uuid } = ports.random;
  return { household_id: uuid(), conversation_id: uuid(), plan_id: uuid() };
}

function sayVisit(entries: readonly OutboxEntry[], visit: ReturnType<typeof newEntry>): Change[] {
  return say<'visit.record'>(
    entries,
    visit,
    ({ kind, dossier_id }) => kind === 'visit.record' && dossier_id === visit.mutation.dossier_id,
  );
}
