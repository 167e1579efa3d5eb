/** Which half-filled forms this phone knows, by looking where each could be kept. */
import { ok, type Result } from '../lib/result';
import type { Id } from './dossiers';
import { formKey, holdsWords, NO_DOOR } from './forms';
import type { MetaKey, Reader, Store, StoreProblem } from './types';

/** A form that is named with its door. */
export interface Form {
  readonly kind: 'handover' | 'answer';
  readonly householdId: Id;
}

export interface Unfinished {
  readonly forms: readonly Form[];
  /** How many there are that may not be named. */
  readonly others: number;
}

export const NOTHING: Unfinished = { forms: [], others: 0 };

async function begun(reader: Reader, key: MetaKey): Promise<boolean> {
  const kept = await reader.meta(key);
  return kept.ok && holdsWords(kept.value);
}

/** Every form of every door, household and unsent piece of work that this phone knows. */
export async function readUnfinished(reader: Reader): Promise<Result<Unfinished, StoreProblem>> {
  const stops = await reader.dossiersOf('stop');
  if (!stops.ok) return stops;
  const households = await reader.dossiersOf('household');
  if (!households.ok) return households;
  const entries = await reader.entries();
  if (!entries.ok) return entries;
  const ids = new Set([
    ...stops.value.map(({ id }) => id),
    ...households.value.map(({ id }) => id),
    ...entries.value.map(({ mutation }) => mutation.dossier_id),
  ]);
  const forms: Form[] = [];
  let others = 0;
  for (const kind of ['worry', 'incident'] as const) {
    if (await begun(reader, formKey(kind, NO_DOOR))) others += 1;
  }
  for (const id of ids) {
    for (const kind of ['handover', 'answer'] as const) {
      if (await begun(reader, formKey(kind, id))) forms.push({ kind, householdId: id });
    }
    if (await begun(reader, formKey('worry', id))) others += 1;
  }
  return ok({ forms, others });
}

/** How many there are, named or not. */
export function countOf({ forms, others }: Unfinished): number {
  return forms.length + others;
}

/**
 * Would a half-filled form go with this store? Those of households that it holds no more are known by
 * their boxes only.
 */
export async function holdsForms(store: Store): Promise<Result<boolean, StoreProblem>> {
  const known = await readUnfinished(store);
  if (!known.ok || countOf(known.value) > 0) return known.ok ? ok(true) : known;
  const left = await store.leftBehind();
  return left.ok ? ok(left.value.forms.length > 0) : left;
}
