/** What a volunteer does at doors. Every act answers `ok` once it is on the phone's disk. */
import { dayPartOf, today } from '../../lib/dates';
import { ports } from '../../lib/ports';
import { change, lastLoose, newEntry, record, say, type Saved } from '../../sync/record';
import type {
  Draft,
  Id,
  MutationBodies,
  Notice,
  Outcome,
  OutcomeDetails,
  RoundBody,
  Shown,
  StopBody,
} from '../../sync/wire';

type Stop = Shown<'stop'>;

/** The draft of an outcome at this stop, now. `from` is what the screen showed. */
export function visitDraft(
  stop: { id: Id; body: Pick<StopBody, 'attempt'> },
  outcome: Outcome | '',
  details: OutcomeDetails = {},
): Draft & { kind: 'visit.record' } {
  return {
    kind: 'visit.record',
    dossier_id: stop.id,
    body: {
      outcome,
      from: stop.body.attempt?.outcome ?? '',
      details,
      date: today(),
      day_part: dayPartOf(ports.clock.now()),
    },
  };
}

const undoesItself = ({ outcome, from }: MutationBodies['visit.record']): boolean =>
  outcome === '' && from === '';

function saveVisits(drafts: readonly (Draft & { kind: 'visit.record' })[]): Promise<Saved> {
  const made = drafts.map((draft) => newEntry(draft));
  return change(({ entries }) =>
    made.flatMap((entry) =>
      say<'visit.record'>(
        entries,
        entry,
        ({ kind, dossier_id }) =>
          kind === 'visit.record' && dossier_id === entry.mutation.dossier_id,
        undoesItself,
      ),
    ),
  );
}

/** Record what came of this door, or correct it. */
export function recordOutcome(
  stop: Stop,
  outcome: Outcome,
  details: OutcomeDetails = {},
): Promise<Saved> {
  return saveVisits([visitDraft(stop, outcome, details)]);
}

/** Take the outcome back; an unsent one leaves no trace. */
export function undoVisit(stop: Stop): Promise<Saved> {
  return saveVisits([visitDraft(stop, '')]);
}

/** One tap for all doors behind an entrance that stayed shut; doors with an outcome keep it. */
export function markEntranceBlocked(stops: readonly Stop[]): Promise<Saved> {
  const untouched = stops.filter(({ body }) => body.attempt === null);
  return saveVisits(untouched.map((stop) => visitDraft(stop, 'no_access')));
}

/** *Let op* at this door, on or off. */
export function noticeDoor(stopId: Id, notice: Notice, on: boolean): Promise<Saved> {
  const entry = newEntry({ kind: 'door.notice', dossier_id: stopId, body: { notice, on } });
  return change(({ entries }) => {
    const last = lastLoose(
      entries,
      ({ kind, dossier_id, body }) =>
        kind === 'door.notice' && dossier_id === stopId && body.notice === notice,
    );
    // On and off again before anything was sent: nothing happened.
    const opposite = last?.mutation.kind === 'door.notice' && last.mutation.body.on !== on;
    return last && opposite ? [{ do: 'unqueue', seq: last.seq }] : [{ do: 'queue', entry }];
  });
}

/** Two households at one address: `ok` after which the new stop (`stopId`) can be opened. */
export function splitDoor(stopId: Id): { stopId: Id; saved: Promise<Saved> } {
  const uuid = ports.random.uuid;
  const body = {
    stop_id: uuid(),
    attempt_id: uuid(),
    household_id: uuid(),
    conversation_id: uuid(),
    plan_id: uuid(),
  };
  return {
    stopId: body.stop_id,
    saved: record({ kind: 'door.split', dossier_id: stopId, body }),
  };
}

/** We know these people: the door leaves this pair; `on` false takes that back. */
export function leaveDoor(stopId: Id, on = true): Promise<Saved> {
  const entry = newEntry({ kind: 'door.leave', dossier_id: stopId, body: { on } });
  return change(({ entries }) => {
    const last = lastLoose(
      entries,
      ({ kind, dossier_id }) => kind === 'door.leave' && dossier_id === stopId,
    );
    // Taken back before anything was sent: nothing happened.
    const opposite = last?.mutation.kind === 'door.leave' && last.mutation.body.on !== on;
    return last && opposite ? [{ do: 'unqueue', seq: last.seq }] : [{ do: 'queue', entry }];
  });
}

/** Close the round: what came of the doors can no longer be corrected here. */
export function closeRound(roundId: Id): Promise<Saved> {
  return record({ kind: 'round.close', dossier_id: roundId, body: {} });
}

/** *Nabespreken*, about the volunteer. */
export function debrief(
  stopId: Id,
  feeling: MutationBodies['debrief.record']['feeling'],
  callMe: boolean,
): Promise<Saved> {
  const debrief_id = ports.random.uuid();
  const body = { debrief_id, feeling, call_me: callMe, date: today() };
  return record({ kind: 'debrief.record', dossier_id: stopId, body });
}

/** The stops of a round in walking order, of those that are here and still ours. */
export function inOrder(round: RoundBody, stops: readonly Stop[]): Stop[] {
  const here = new Map(stops.map((stop) => [stop.id, stop]));
  return round.stops.flatMap(({ id }) => {
    const stop = here.get(id);
    return stop && !stop.body.left ? [stop] : [];
  });
}
