/** What happens at doors, laid over stops and rounds as the server would project it. */
import { by, upsert, whenThere, type Registry, type StepAt } from '../../sync/overlay';
import { settled } from '../../sync/settle';
import type { MutationOf, Outcome, OutcomeDetails, RoundBody, StopBody } from '../../sync/wire';
import { outSteps } from './out';

/** Outcomes that close a door for everybody, and the word for it. */
const HOLDS: Partial<Record<Outcome, string>> = {
  refused: 'wants_no_visit',
  not_a_home: 'not_a_home',
  unsafe: 'unsafe',
};

function appointmentOf(outcome: Outcome | '', details: OutcomeDetails): StopBody['appointment'] {
  const { date, day_part } = details;
  if (outcome !== 'later' || date === undefined || day_part === undefined) return null;
  return { date, day_part };
}

function recordVisit(body: StopBody, mutation: MutationOf<'visit.record'>, at: StepAt): StopBody {
  const { outcome, details, date, day_part } = mutation.body;
  const before = body.attempt?.outcome;
  // A hold or an appointment that came with the earlier outcome goes with it; others stay.
  const hold = before !== undefined && before in HOLDS ? null : body.hold;
  const appointment = before === 'later' ? null : body.appointment;
  return {
    ...body,
    attempt: outcome === '' ? null : { outcome, details, date, day_part, by: at.me },
    hold: (outcome === '' ? undefined : HOLDS[outcome]) ?? hold,
    appointment: appointmentOf(outcome, details) ?? appointment,
  };
}

function notice(body: StopBody, { body: said }: MutationOf<'door.notice'>): StopBody {
  const others = body.notices.filter((word) => word !== said.notice);
  return { ...body, notices: said.on ? [...others, said.notice].sort() : others };
}

function leave(body: StopBody, { body: said }: MutationOf<'door.leave'>): StopBody {
  return { ...body, left: said.on };
}

/** The second household's stop: the same door, its own ids. The first stop stays as it is. */
function split(
  body: StopBody | null,
  mutation: MutationOf<'door.split'>,
  at: StepAt,
): StopBody | null {
  const { stop_id, ...reserved } = mutation.body;
  if (at.id !== stop_id || body !== null) return body;
  const first = at.look('stop', mutation.dossier_id);
  if (first === null) return null;
  return {
    ...first,
    reserved,
    split_of: first.split_of ?? mutation.dossier_id,
    attempt: null,
    appointment: null,
    left: false,
    differences: [],
  };
}

function addSplit(body: RoundBody, mutation: MutationOf<'door.split'>, at: StepAt): RoundBody {
  const first = at.look('stop', mutation.dossier_id);
  if (first?.round_id !== at.id) return body;
  const stop = { id: mutation.body.stop_id, position: first.position };
  const order = by<typeof stop>(
    ({ position }) => position,
    ({ id }) => id,
  );
  return { ...body, stops: upsert(body.stops, stop, order) };
}

/** Everything of the household was thrown away: a new talk at this door is a new household. */
function reserveAnew(body: StopBody, { body: said }: MutationOf<'dossier.discard'>): StopBody {
  const { household_id, conversation_id, plan_id } = said;
  if (household_id === undefined || conversation_id === undefined || plan_id === undefined) {
    return body;
  }
  return { ...body, reserved: { ...body.reserved, household_id, conversation_id, plan_id } };
}

function settle(body: StopBody, mutation: MutationOf<'difference.settle'>): StopBody {
  const kept = settled(body.differences, mutation);
  if (kept === null || body.attempt === null) return body;
  if (kept.field === 'details') {
    return { ...body, attempt: { ...body.attempt, details: kept.other as OutcomeDetails } };
  }
  if (kept.field !== 'outcome') return body;
  if (kept.other === '') return { ...body, attempt: null };
  // The details of the other word are the server's to give back.
  return { ...body, attempt: { ...body.attempt, outcome: kept.other as Outcome, details: {} } };
}

export const visitsOverlay: Registry = {
  steps: {
    stop: {
      'visit.record': whenThere(recordVisit),
      'door.notice': whenThere(notice),
      'door.split': split,
      'door.leave': whenThere(leave),
      'difference.settle': whenThere(settle),
      'dossier.discard': whenThere(reserveAnew),
    },
    round: {
      'round.close': whenThere((body) => ({ ...body, state: 'closed' })),
      'door.split': whenThere(addSplit),
      ...outSteps,
    },
  },
  reaches: (kind, id, mutation) =>
    (mutation.kind === 'door.split' &&
      (kind === 'round' || (kind === 'stop' && mutation.body.stop_id === id))) ||
    (mutation.kind === 'dossier.discard' && kind === 'stop' && mutation.body.stop_id === id),
  creates: (mutation) =>
    mutation.kind === 'door.split' ? { kind: 'stop', id: mutation.body.stop_id } : null,
  needs: (mutation) => (mutation.kind === 'door.split' ? [mutation.dossier_id] : []),
  stands: (body, { object_kind, field }) => {
    if (object_kind !== 'contact_attempt' || !('attempt' in body)) return undefined;
    return field === 'details' ? (body.attempt?.details ?? {}) : (body.attempt?.outcome ?? '');
  },
};
