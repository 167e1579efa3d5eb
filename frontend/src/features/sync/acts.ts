/** What a person settles: differences, and what the server put aside. */
import { change, record, type Saved } from '../../sync/record';
import type { Id, Mutation, MutationKind } from '../../sync/wire';

/** Keep what shows, or the other value. `dossierId` is the stop or household that holds it. */
export function settleDifference(
  dossierId: Id,
  differenceId: Id,
  keep: 'shown' | 'other',
): Promise<Saved> {
  const body = { difference_id: differenceId, keep };
  return record({ kind: 'difference.settle', dossier_id: dossierId, body });
}

/** The person has seen that this was put aside or refused: it leaves the list and the phone. */
export function dismissSetAside(mutationId: Id): Promise<Saved> {
  return dismiss(({ id }) => id === mutationId);
}

/** The same of all that is never named on a screen, such as a worry. */
export function dismissUnnamed(isNamed: (kind: MutationKind) => boolean): Promise<Saved> {
  return dismiss(({ kind }) => !isNamed(kind));
}

function dismiss(which: (mutation: Mutation) => boolean): Promise<Saved> {
  return change(({ entries }) =>
    entries
      .filter(({ mutation, state }) => state !== 'waiting' && which(mutation))
      .map(({ seq }) => ({ do: 'unqueue', seq })),
  );
}
