/**
 * Forgotten on the spot: what was thrown away leaves the phone's stored dossiers at once, also when
 * an answer that was already under way brings it back.
 */
import type { Dossier } from '../store/dossiers';
import type { Mutation, MutationKind } from '../store/mutations';
import { theOverlay } from '../store/overlaid';
import type { Change, OutboxEntry } from '../store/types';

const FORGETTING: readonly MutationKind[] = [
  'dossier.discard',
  'consent.withdraw',
  'note.remove',
  'goal.remove',
  'step.remove',
  'debt_help.drop',
];

/** Asked again, they said no: that takes back what the yes brought. */
export function forgets({ kind, body }: Mutation): boolean {
  return FORGETTING.includes(kind) || (kind === 'consent.record' && 'given' in body && !body.given);
}

/** The dossier without what these mutations throw away, or null when nothing may remain. */
export function scrubbed(dossier: Dossier, mutations: readonly Mutation[]): Dossier | null {
  const forgetting = mutations.filter(forgets);
  if (forgetting.length === 0) return dossier;
  const { id, kind, body } = dossier;
  const at = { me: '', stored: () => undefined };
  const left = theOverlay().show(kind, id, body, forgetting, at);
  // The version stays: what the phone holds is still the answer to that version, minus words.
  return left === null ? null : ({ ...dossier, body: left } as Dossier);
}

/** The change that leaves of a stored dossier only what may remain. */
export function scrub(dossier: Dossier | undefined, mutation: Mutation): Change[] {
  if (dossier === undefined) return [];
  const left = scrubbed(dossier, [mutation]);
  return [left === null ? { do: 'drop', id: dossier.id } : { do: 'keep', dossier: left }];
}

/** Take these out of the outbox, sent before or not: their words leave the phone. */
export function unqueue(entries: readonly OutboxEntry[]): Change[] {
  return entries.map(({ seq }) => ({ do: 'unqueue', seq }));
}
