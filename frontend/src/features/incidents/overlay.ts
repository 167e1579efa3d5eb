/** Who waits for a call, as the server will say it: that something was told, and no word of it. */
import type { Registry } from '../../sync/overlay';
import type { CallBackBody, Mutation } from '../../sync/wire';

interface Made {
  readonly id: string;
  readonly said: CallBackBody;
}

const made = (id: string, said: Pick<CallBackBody, 'about' | 'kind' | 'date'>): Made => ({
  id,
  said: { ...said, taken_by: null, called: null },
});

function madeBy({ kind, body }: Mutation): Made | null {
  if (kind === 'incident.raise')
    return made(body.incident_id, { about: 'incident', kind: body.kind, date: body.date });
  const asks = kind === 'talk.was_heavy' || (kind === 'debrief.record' && body.call_me);
  return asks ? made(body.debrief_id, { about: 'heavy_talk', kind: '', date: body.date }) : null;
}

/** What the server said before stands: it may know who calls. */
const tell = (
  body: CallBackBody | null,
  mutation: Mutation,
  { id }: { readonly id: string },
): CallBackBody | null => {
  const told = madeBy(mutation);
  return body ?? (told?.id === id ? told.said : null);
};

export const incidentsOverlay: Registry = {
  steps: { call_back: { 'incident.raise': tell, 'talk.was_heavy': tell, 'debrief.record': tell } },
  reaches: (kind, id, mutation) => kind === 'call_back' && madeBy(mutation)?.id === id,
  creates: (mutation) => {
    const told = madeBy(mutation);
    return told && { kind: 'call_back', id: told.id };
  },
};
