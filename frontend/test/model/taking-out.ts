/** What an act may take out of the queue: worked out from what its user did, never from what went. */
import type { MutationBodies, MutationKind } from '../../src/store/mutations';
import type { OutboxEntry } from '../../src/store/types';
import type { Id, Mutation } from '../../src/sync/wire';
import { aboutHealth, named, restsOn } from './taking-back';

/** What a user takes out, undoes or throws away with one act. */
export type Taking =
  | { readonly what: 'note' | 'goal' | 'debt help' | 'household'; readonly id: Id }
  | { readonly what: 'consent'; readonly id: Id; readonly purpose: string }
  /** Says the same field back to what it was, so that nothing was said after all. */
  | { readonly what: 'unsaid'; readonly field: string };

/** The one thing that is said something about, within its dossier. */
const FIELDS: { readonly [K in MutationKind]?: (body: MutationBodies[K]) => string } = {
  'visit.record': () => 'visit',
  'door.notice': ({ notice }) => notice,
  'domain.assess': ({ domain }) => domain,
  'contact.set': () => 'contact',
  'debt_help.ask': () => 'debt help',
  'debt_help.drop': () => 'debt help',
  'note.add': ({ note_id }) => note_id,
  'note.amend': ({ note_id }) => note_id,
  'goal.set': ({ goal_id }) => goal_id,
  'step.set': ({ step_id }) => step_id,
  'step.set_status': ({ step_id }) => `${step_id} status`,
  'aftercare.plan': ({ aftercare_id }) => aftercare_id,
};

/** The field of a mutation: one that was never sent gives way to the next about the same. */
export function fieldOf({ id, dossier_id, kind, body }: Mutation): string {
  const field = FIELDS[kind] as ((said: typeof body) => string) | undefined;
  return field === undefined ? id : `${dossier_id} ${field(body)}`;
}

/** A goal goes with its steps, and with how far those were. */
function isOfGoal({ mutation }: OutboxEntry, goal: Id, queue: readonly OutboxEntry[]): boolean {
  if (mutation.kind === 'goal.set') return mutation.body.goal_id === goal;
  if (mutation.kind !== 'step.set' && mutation.kind !== 'step.set_status') return false;
  const { step_id } = mutation.body;
  return queue.some(
    ({ mutation: { kind, body } }) =>
      kind === 'step.set' && body.step_id === step_id && body.goal_id === goal,
  );
}

function fallsWith(mutation: Mutation, purpose: string, known: readonly Mutation[]): boolean {
  if (mutation.kind === 'difference.settle') return purpose === 'note' || purpose === 'health';
  if (mutation.kind === 'debt_help.ask' && mutation.body.pass_on) return false;
  if (mutation.kind === 'debt_help.drop' || mutation.kind === 'handover.withdraw') return false;
  if (purpose === 'health') return aboutHealth(known)(mutation);
  // What only a newer app says the phone does not know to be a word.
  if ((mutation.kind as string) === 'note.colour') return false;
  const own = mutation.kind === 'contact.set' ? 'contact' : 'note';
  return purpose === own && restsOn(mutation, known).has(purpose);
}

function takes(
  taking: Taking,
  entry: OutboxEntry,
  queue: readonly OutboxEntry[],
  known: readonly Mutation[],
): boolean {
  const { mutation, frozen, state } = entry;
  const { kind, dossier_id } = mutation;
  switch (taking.what) {
    case 'household':
      return dossier_id === taking.id;
    case 'note':
      return /^note\.(add|amend)$/.test(kind) && named(mutation, 'note_id') === taking.id;
    case 'goal':
      return isOfGoal(entry, taking.id, queue);
    case 'debt help':
      return kind === 'debt_help.ask' && dossier_id === taking.id;
    case 'consent':
      return dossier_id === taking.id && fallsWith(mutation, taking.purpose, known);
    case 'unsaid':
      return fieldOf(mutation) === taking.field && !frozen && state === 'waiting';
  }
}

/** What an act did to the queue and may not have done, in words; `known` is all that was ever said. */
export function actFaults(
  before: readonly OutboxEntry[],
  after: readonly OutboxEntry[],
  takings: readonly Taking[],
  known: readonly Mutation[],
): string[] {
  const left = new Map(after.map((entry) => [entry.mutation.id, entry]));
  const gone = before.filter(
    (entry) =>
      !left.has(entry.mutation.id) && !takings.some((one) => takes(one, entry, before, known)),
  );
  const changed = before.flatMap((entry) => {
    const now = left.get(entry.mutation.id);
    return now && JSON.stringify(now.mutation) !== JSON.stringify(entry.mutation)
      ? [{ entry, now }]
      : [];
  });
  const spoilt = changed.filter(
    ({ entry, now }) => entry.frozen || fieldOf(entry.mutation) !== fieldOf(now.mutation),
  );
  return [
    ...gone.map(({ mutation }) => `an act took ${mutation.kind} ${mutation.id} out of the queue`),
    ...spoilt.map(({ entry }) => `an act made something else of ${entry.mutation.kind}`),
    ...(changed.length > 1 ? ['an act changed more than one thing that waits'] : []),
  ];
}
