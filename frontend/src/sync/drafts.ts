/**
 * Half-filled forms: kept sealed on this phone until they are handed in or thrown away; no sync sends
 * them. They are about a dossier and go with it; what a consent took back takes them along.
 */
import { currentStore } from '../store/current';
import type { Id } from '../store/dossiers';
import { formKey, type DraftKind } from '../store/forms';
import type { Change, View } from '../store/types';
import { keep, type Saved } from './record';

/** Keep what is in the form now. */
export function keepDraft(kind: DraftKind, about: Id, value: unknown): Promise<Saved> {
  const text = JSON.stringify(value);
  return keep(() => [{ do: 'remember', key: formKey(kind, about), value: text }]);
}

/** What was in the form when it was left; null when it was empty, or handed in. */
export async function readDraft(kind: DraftKind, about: Id): Promise<unknown> {
  const kept = await currentStore()?.meta(formKey(kind, about));
  return kept?.ok === true && kept.value !== null ? (JSON.parse(kept.value) as unknown) : null;
}

/** The same, inside a change. */
export function draftIn({ meta }: View, kind: DraftKind, about: Id): unknown {
  const kept = meta(formKey(kind, about));
  return kept === null ? null : (JSON.parse(kept) as unknown);
}

/** The change that throws a draft away. */
export function forgetDraft(kind: DraftKind, about: Id): Change {
  return { do: 'remember', key: formKey(kind, about), value: null };
}
