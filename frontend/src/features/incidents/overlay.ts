/** Who waits for a call, as the server will say it: that something was told, and no word of it. */
import type { Registry } from '../../sync/overlay';
import type { CallBackBody, Mutation } from '../../sync/wire';

function madeBy({ kind, body }: Mutation): { id: string; said: CallBackBody } | null {
  const nobodyYet = { taken_by: null, called: null };
  switch (kind) {
    case 'incident.raise': {
      const { incident_id: id, date, kind: what } = body;
      return { id, said: { about: 'incident', kind: what, date, ...nobodyYet } };
    }
    case 'talk.was_heavy': {
      const { debrief_id: id, date } = body;
      return { id, said: { about: 'heavy_talk', kind: '', date, ...nobodyYet } };
    }
    case 'debrief.record': {
      const { debrief_id: id, date, call_me: asked } = body;
      return asked ? { id, said: { about: 'heavy_talk', kind: '', date, ...nobodyYet } } : null;
    }
    default:
      return null;
  }
}

/** What the server said before stands: it may know who calls. */
const tell = (
  body: CallBackBody | null,
  mutation: Mutation,
  { id }: { readonly id: string },
): CallBackBody | null => {
  const made = madeBy(mutation);
  return body ?? (made?.id === id ? made.said : null);
};

export const incidentsOverlay: Registry = {
  steps: { call_back: { 'incident.raise': tell, 'talk.was_heavy': tell, 'debrief.record': tell } },
  reaches: (kind, id, mutation) => kind === 'call_back' && madeBy(mutation)?.id === id,
  creates: (mutation) => {
    const made = madeBy(mutation);
    return made && { kind: 'call_back', id: made.id };
  },
};
