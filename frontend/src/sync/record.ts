/**
 * How acts write: drafts become mutations in the outbox, in one strict transaction, and only then
 * an act answers that it is saved.
 */
import { err, type Result } from '../lib/result';
import { ports } from '../lib/ports';
import { currentStore } from '../store/current';
import {
  MUTATION_SCHEMA,
  type Draft,
  type Mutation,
  type MutationBodies,
  type MutationKind,
} from '../store/mutations';
import type { Change, NewEntry, OutboxEntry, StoreProblem, View } from '../store/types';
import { nudge } from './nudge';

/** `ok` means: on the phone's disk. */
export type Saved = Result<void, StoreProblem>;

/** Which mutations of the outbox say something about the same field. */
export type Same = (mutation: Mutation) => boolean;

/** The moment on the wire: to the second. */
export function instant(now: Date = ports.clock.now()): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

/** A draft with its id and moment, ready for the outbox. */
export function newEntry(draft: Draft, held = false): NewEntry {
  const mutation = {
    id: ports.random.uuid(),
    ...draft,
    schema: MUTATION_SCHEMA,
    made_at: instant(),
    // Screens may hand over $state proxies, which IndexedDB cannot hold.
    body: JSON.parse(JSON.stringify(draft.body)) as unknown,
  } as Mutation;
  return { mutation, frozen: false, held, state: 'waiting', outcome: null, code: '' };
}

/** Change the open store. */
export function keep(plan: (view: View) => readonly Change[]): Promise<Saved> {
  const store = currentStore();
  return store === null ? Promise.resolve(err({ kind: 'closed' })) : store.change(plan);
}

/** Change the open store and tell the engine that something may be sent. */
export async function change(plan: (view: View) => readonly Change[]): Promise<Saved> {
  const saved = await keep(plan);
  if (saved.ok) nudge();
  return saved;
}

/** Put drafts in the outbox, all or none. */
export function record(...drafts: readonly Draft[]): Promise<Saved> {
  const changes = drafts.map((draft): Change => ({ do: 'queue', entry: newEntry(draft) }));
  return change(() => changes);
}

/** Was never put in a request, so its words may still change. */
export function isLoose({ frozen, state }: OutboxEntry): boolean {
  return !frozen && state === 'waiting';
}

/** The last entry about this field when it may still be replaced. */
export function lastLoose(entries: readonly OutboxEntry[], same: Same): OutboxEntry | undefined {
  const last = entries.filter(({ mutation }) => same(mutation)).at(-1);
  return last && isLoose(last) ? last : undefined;
}

/** The entry with other contents; what it was changed from stays what the server last saw. */
export function rewritten(entry: OutboxEntry, next: NewEntry): OutboxEntry {
  const before = entry.mutation.body;
  const from = 'from' in before ? { from: before.from } : {};
  const body = { ...next.mutation.body, ...from };
  const mutation = { ...entry.mutation, kind: next.mutation.kind, body } as Mutation;
  return { ...entry, mutation, held: next.held };
}

/**
 * Changes that say `draft`: in place of an unfrozen mutation about the same field, else as a new
 * one. `idle` says that a mutation changes nothing after all and may go.
 */
export function say<M extends MutationKind>(
  entries: readonly OutboxEntry[],
  entry: NewEntry,
  same: Same,
  idle: (body: MutationBodies[M]) => boolean = () => false,
): Change[] {
  const last = lastLoose(entries, same);
  if (last === undefined) return [{ do: 'queue', entry }];
  const amended = rewritten(last, entry);
  if (idle(amended.mutation.body as MutationBodies[M])) return [{ do: 'unqueue', seq: last.seq }];
  return [{ do: 'amend', entry: amended }];
}
