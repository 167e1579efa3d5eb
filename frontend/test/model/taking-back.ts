/** What goes when something is taken back: worked out here, compared with what is left anywhere. */
import type { Mutation } from '../../src/sync/wire';

const HEALTH = 'health_and_care';
/** What rests on a yes to note, by the beginning of its kind. */
const NOTED = /^(note|goal|step|handover)\./;

const namedIn = (mutation: Mutation, name: string): string | undefined =>
  (mutation.body as Record<string, unknown>)[name] as string | undefined;

/** Which of what was heard falls with a purpose; its words may be nowhere any more. */
export function fallsWith(
  purpose: string,
  heard: readonly Mutation[],
): (mutation: Mutation) => boolean {
  if (purpose === 'note') return ({ kind }) => NOTED.test(kind);
  if (purpose === 'contact') return ({ kind }) => kind === 'contact.set';
  if (purpose !== 'health') return () => false;
  const notes = new Set(
    heard.flatMap((one) => (namedIn(one, 'domain') === HEALTH ? [namedIn(one, 'note_id')] : [])),
  );
  return (mutation) => {
    if (namedIn(mutation, 'domain') === HEALTH) return true;
    const note = namedIn(mutation, 'note_id');
    return note !== undefined && notes.has(note);
  };
}

const TAKES_OUT: Readonly<Record<string, string>> = {
  'note.remove': 'note_id',
  'goal.remove': 'goal_id',
  'step.remove': 'step_id',
  'debt_help.drop': 'conversation_id',
};

/** Was this thing taken out by that other one? */
export function takenOutBy(mutation: Mutation, other: Mutation): boolean {
  const name = TAKES_OUT[other.kind];
  if (name === undefined || other.dossier_id !== mutation.dossier_id) return false;
  if (name === 'conversation_id' && mutation.kind !== 'debt_help.ask') return false;
  return namedIn(mutation, name) === namedIn(other, name);
}

/** Does it take back what they agreed to? Said on a phone, that phone's copies are gone at once. */
export function takesBack({ kind, dossier_id, body }: Mutation, dossier: string): boolean {
  if (dossier_id !== dossier) return false;
  if (kind === 'consent.record') return !body.given;
  return kind === 'consent.withdraw' || kind === 'dossier.discard';
}
