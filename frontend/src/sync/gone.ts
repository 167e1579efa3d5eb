/**
 * What was thrown away elsewhere leaves this phone whole: not only the dossier, also what was put
 * aside and the copies for the server. The server names it until we say that we heard.
 */
import { hasWords, type Copy } from '../store/copies';
import type { Id } from '../store/dossiers';
import type { Mutation } from '../store/mutations';
import { endedBy } from '../store/taken-back';
import type { OutboxEntry, View } from '../store/types';
import type { GoneLine, SyncAnswer } from './wire';

/** Not one thing whose consent is gone, but the whole dossier was thrown away. */
const WHOLE_DOSSIER = 'dossier-erased';
/** These say what was thrown away and hold no word of it: they stay for a server of an older day. */
const DISCARD = 'dossier.discard';
const REMOVAL = 'note.remove';

export interface Gone {
  /** Dossiers of which nothing may be left. */
  readonly whole: ReadonlySet<Id>;
  /** Does this go, though the server has dealt with it? */
  readonly entry: (entry: OutboxEntry) => boolean;
  readonly copy: (copy: Copy) => boolean;
  /** The same, of what this very answer says to have arrived. */
  readonly arriving: (copy: Copy) => boolean;
}

type About = Pick<Copy, 'kind' | 'about'>;

/** Rather one too many than words that stay. */
const TAKES: Readonly<Record<GoneLine['what'], (about: About, id: Id) => boolean>> = {
  household: ({ kind }) => kind !== DISCARD,
  note: ({ kind, about }, id) => kind !== REMOVAL && about.includes(id),
  noting: hasWords,
  health: hasWords,
  contact: ({ kind }) => kind === 'contact.set',
};

function aboutOf({ mutation: { kind, body } }: OutboxEntry): About {
  return { kind, about: Object.values(body).filter((value) => typeof value === 'string') };
}

/** Whose whole dossier was erased, as the outcome of something we sent says. */
function byOutcome({ entries, copies }: View, { outcomes }: SyncAnswer): Id[] {
  const told = new Set(outcomes.filter(({ code }) => code === WHOLE_DOSSIER).map(({ id }) => id));
  const sent = [...entries.map(({ mutation }) => mutation), ...copies];
  return sent.filter(({ id }) => told.has(id)).map(({ dossier_id }) => dossier_id);
}

/** With which consents each kind of words goes: who wants no notes wants none about health. */
const RESTS_ON: Readonly<Record<'noting' | 'health' | 'contact', readonly string[]>> = {
  noting: ['note'],
  health: ['note', 'health'],
  contact: ['contact'],
};

/** Did this phone itself say what the line tells? */
function said(view: View, mutation: Mutation, { dossier_id, what, id }: GoneLine): boolean {
  if (mutation.dossier_id !== dossier_id) return false;
  const { kind, body } = mutation;
  if (what === 'household') return kind === DISCARD;
  if (what === 'note') return kind === REMOVAL && body.note_id === id;
  const ended = endedBy(view, mutation);
  return ended !== null && (ended === undefined || RESTS_ON[what].includes(ended.purpose));
}

/** Up to which entry a line ended by what went in the same request; what came later stays. */
function endsHere(view: View, { outcomes }: SyncAnswer, line: GoneLine): number {
  const told = new Set(outcomes.map(({ id }) => id));
  const endings = view.entries.filter(
    ({ mutation }) => told.has(mutation.id) && said(view, mutation, line),
  );
  return endings.reduce((last, { seq }) => Math.max(last, seq), 0) || Infinity;
}

/** What an answer says to be gone, against what this phone has. */
export function goneWith(view: View, answer: SyncAnswer): Gone {
  const erased = byOutcome(view, answer).map((id): GoneLine => ({
    dossier_id: id,
    what: 'household',
    id,
  }));
  const lines = [...answer.erased, ...erased].map((line) => ({
    ...line,
    until: endsHere(view, answer, line),
  }));
  // What ended elsewhere may have ended after this had arrived: then its answer was lost.
  const takes = (dossier: Id, about: About, seq = 0): boolean =>
    lines.some(
      ({ dossier_id, what, id, until }) =>
        dossier_id === dossier && seq < until && TAKES[what](about, id),
    );
  const whole = new Set(
    lines.filter(({ what }) => what === 'household').map(({ dossier_id }) => dossier_id),
  );
  const told = new Set(answer.outcomes.map(({ id }) => id));
  return {
    whole,
    entry: (entry) => {
      const { dossier_id, id } = entry.mutation;
      if (whole.has(dossier_id)) return true;
      if (entry.state !== 'waiting') return takes(dossier_id, aboutOf(entry));
      // What still waits gets its own outcome, unless this answer has both that and its end.
      return told.has(id) && takes(dossier_id, aboutOf(entry), entry.seq);
    },
    copy: (copy) => takes(copy.dossier_id, copy),
    arriving: (copy) =>
      (whole.has(copy.dossier_id) && takes(copy.dossier_id, copy)) ||
      takes(copy.dossier_id, copy, copy.seq),
  };
}

/** Did this phone have anything of what was thrown away whole? Its user hears that, and no more. */
export function tellsUser({ whole, copy }: Gone, view: View): boolean {
  const held = [...whole].some((id) => view.dossier(id) !== undefined);
  const waited = view.entries.some(
    ({ mutation }) => whole.has(mutation.dossier_id) && mutation.kind !== DISCARD,
  );
  return held || waited || view.copies.some((one) => whole.has(one.dossier_id) && copy(one));
}
