/**
 * Half-filled forms of this phone. They wait for whoever began them, not for a line: the light does
 * not count them, the screen behind it says that they are here. A worry is counted, never named.
 */
import { LiveSource } from '../../../store/live-source.svelte';
import type { Id } from '../../../store/dossiers';
import { formKey, holdsWords, NO_DOOR } from '../../../store/forms';
import type { MetaKey, Reader, StoreProblem } from '../../../store/types';
import { ok, type Result } from '../../../lib/result';

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

const NOTHING: Unfinished = { forms: [], others: 0 };
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
  let others = (await begun(reader, formKey('worry', NO_DOOR))) ? 1 : 0;
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

/** Live; make it while a component starts. */
export function liveUnfinished(): LiveSource<Unfinished> {
  return new LiveSource(NOTHING, readUnfinished);
}
