/**
 * What an older version of the app left on this phone, in today's words. A step takes what was kept
 * in one schema and gives it as the next keeps it. Steps are never removed: a phone may lie in a
 * drawer for a year. outreach/sync/upcasting.py does the same for what travels.
 */
import { MUTATION_SCHEMA, type Mutation } from './mutations';
import type { OutboxEntry } from './types';

/** Of the records on the disk. */
export const STORED_SCHEMA = 3;

type Lift<T> = (value: T) => T;

/** By the schema that is left. */
const BODIES: Readonly<Record<number, Lift<Mutation>>> = {
  // Leaving a door was said by saying nothing.
  1: (mutation) =>
    mutation.kind === 'door.leave'
      ? { ...mutation, body: { ...{ on: true }, ...mutation.body } }
      : mutation,
  2: (mutation) => ({ ...mutation, body: withShown(mutation) }) as Mutation,
};

/** Of a goal only the text that was shown was told; of paper and coming back nothing was. */
function withShown({ kind, body }: Mutation): object {
  if (kind === 'goal.set') {
    const text: unknown = body.from;
    return typeof text === 'string'
      ? { ...body, from: { position: null, domain: null, text } }
      : body;
  }
  const silent = kind === 'plan.print' || kind.startsWith('aftercare.');
  return silent ? { from: null, ...body } : body;
}

/** A mutation as this version would have made it; today's own stays as it is. */
export function liftedMutation(mutation: Mutation): Mutation {
  let lifted = mutation;
  for (let schema = mutation.schema; schema < MUTATION_SCHEMA; schema += 1) {
    lifted = { ...(BODIES[schema]?.(lifted) ?? lifted), schema: schema + 1 };
  }
  return lifted;
}

/** One that was never sent may still change, so it becomes today's; what was sent is frozen. */
function liftedEntry(entry: OutboxEntry): OutboxEntry {
  if (entry.frozen) return entry;
  return { ...entry, mutation: liftedMutation(entry.mutation) };
}

/** By the schema that is left, and by table. */
const ROWS: Readonly<Record<number, Readonly<Record<string, Lift<unknown>>>>> = {
  1: { b: (value) => liftedEntry(value as OutboxEntry) },
  2: { b: (value) => liftedEntry(value as OutboxEntry) },
};

/** What a record says, in the shape of this version. */
export function liftedRow(table: string, schema: number, value: unknown): unknown {
  let lifted = value;
  for (let step = schema; step < STORED_SCHEMA; step += 1) {
    lifted = ROWS[step]?.[table]?.(lifted) ?? lifted;
  }
  return lifted;
}

interface Written {
  readonly schema?: number;
}

/** The schema of a record; the first version wrote none. */
export function schemaOf({ schema = 1 }: Written): number {
  return schema;
}

/** A newer version of the app wrote this: this one may neither read it nor write beside it. */
export class NewerStoreError extends Error {
  override readonly name = 'NewerStoreError';
}

/** Is one of these in a schema that this version does not know? */
export function isNewer(rows: readonly Written[]): boolean {
  return rows.some((row) => schemaOf(row) > STORED_SCHEMA);
}

/** Throws NewerStoreError where a newer version has been. */
export function refuseNewer(rows: readonly Written[]): void {
  if (isNewer(rows)) throw new NewerStoreError();
}
