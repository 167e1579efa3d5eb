/** Settling a difference: the kept value shows, the difference goes. Fields differ per slice. */
import type { Difference } from '../store/dossiers';
import type { MutationOf } from '../store/mutations';
import type { Registry } from './overlay';

/** The value that must come to stand in the dossier, or null when what shows stays. */
export function settled(
  differences: readonly Difference[],
  { body }: MutationOf<'difference.settle'>,
): Difference | null {
  if (body.keep === 'shown') return null;
  return differences.find(({ id }) => id === body.difference_id) ?? null;
}

/** Comes last: the slices have used the difference by then. */
export const settleOverlay: Registry = {
  steps: {
    stop: {
      'difference.settle': (body, mutation) => (body === null ? null : forget(body, mutation)),
    },
    household: {
      'difference.settle': (body, mutation) => (body === null ? null : forget(body, mutation)),
    },
  },
};

function forget<T extends { differences: Difference[] }>(
  body: T,
  mutation: MutationOf<'difference.settle'>,
): T {
  const gone = mutation.body.difference_id;
  return { ...body, differences: body.differences.filter(({ id }) => id !== gone) };
}
