/**
 * Lays unsent mutations over a dossier, as the server would project them. Each slice brings a
 * registry of pure steps; src/overlays.ts puts them together, since sync knows no slice.
 *
 * A step must bear being laid over a dossier that already holds its effect: between an
 * acknowledgement and the last part of an answer both are there.
 */
import { canonical } from '../lib/canonical';
import type {
  Difference,
  DossierBodies,
  DossierKind,
  HouseholdBody,
  Id,
  StopBody,
} from '../store/dossiers';
import type { Mutation, MutationKind, MutationOf } from '../store/mutations';
import { bodyOf, type Overlay, type OverlayAt } from '../store/overlaid';

export interface StepAt {
  /** The id of the dossier that is being shown. */
  readonly id: Id;
  readonly me: Id;
  /** Another dossier as the phone shows it, unsent work included. */
  look<K extends DossierKind>(kind: K, id: Id): DossierBodies[K] | null;
}

/** What one mutation makes of a body; null is no dossier. Never changes its argument. */
export type Step<K extends DossierKind, M extends MutationKind> = (
  body: DossierBodies[K] | null,
  mutation: MutationOf<M>,
  at: StepAt,
) => DossierBodies[K] | null;

/** Like a Step, for what can only happen to a dossier that is there. */
export type Touch<K extends DossierKind, M extends MutationKind> = (
  body: DossierBodies[K],
  mutation: MutationOf<M>,
  at: StepAt,
) => DossierBodies[K] | null;

type Steps = { readonly [K in DossierKind]?: { readonly [M in MutationKind]?: Step<K, M> } };

export interface Registry {
  readonly steps: Steps;
  /** Does this mutation reach a dossier other than its own? */
  readonly reaches?: (kind: DossierKind, id: Id, mutation: Mutation) => boolean;
  readonly creates?: (mutation: Mutation) => { kind: DossierKind; id: Id } | null;
  readonly needs?: (mutation: Mutation) => readonly Id[];
  /** What stands of the thing that a difference is about; undefined where that is not this slice's. */
  readonly stands?: (body: DifferingBody, difference: Difference) => unknown;
}

/** What two people may have written differently. */
export type DifferingBody = StopBody | HouseholdBody;

/** Make a Touch into a Step: without a dossier nothing happens. */
export function whenThere<K extends DossierKind, M extends MutationKind>(
  touch: Touch<K, M>,
): Step<K, M> {
  return (body, mutation, at) => (body === null ? null : touch(body, mutation, at));
}

/** Steps that differ per mutation kind cannot be typed across kinds; the registry itself is. */
type AnyStep = (body: unknown, mutation: Mutation, at: StepAt) => unknown;

/** What still differs shows what stands from now on; who says the other value agrees. */
function inLine(registries: readonly Registry[], body: DifferingBody): DifferingBody {
  const differences = body.differences.flatMap((difference) => {
    for (const { stands } of registries) {
      const shown = stands?.(body, difference);
      if (shown === undefined) continue;
      const agree = canonical(shown) === canonical(difference.other);
      return agree ? [] : [{ ...difference, shown }];
    }
    return [difference];
  });
  return { ...body, differences };
}

function differs(body: unknown): body is DifferingBody {
  return ((body ?? {}) as Partial<DifferingBody>).differences?.length !== undefined;
}

function stepsFor(
  registries: readonly Registry[],
  kind: DossierKind,
  made: MutationKind,
): AnyStep[] {
  return registries.flatMap(({ steps }) => {
    const step = steps[kind]?.[made];
    return step === undefined ? [] : [step as AnyStep];
  });
}

/** Order slices from the lowest up: their steps for one mutation run in that order. */
export function makeOverlay(registries: readonly Registry[]): Overlay {
  const touches = (kind: DossierKind, id: Id, mutation: Mutation): boolean =>
    mutation.dossier_id === id ||
    registries.some(({ reaches }) => reaches?.(kind, id, mutation) === true);

  const overlay: Overlay = {
    touches,
    show: (kind, id, base, mutations, at) => {
      const step = stepAt(overlay, id, mutations, at);
      let body: unknown = base;
      for (const mutation of mutations) {
        if (!touches(kind, id, mutation)) continue;
        for (const run of stepsFor(registries, kind, mutation.kind)) {
          body = run(body, mutation, step);
        }
        if (differs(body) && body.differences.length > 0) body = inLine(registries, body);
      }
      return body as typeof base;
    },
    creates: (mutation) => {
      for (const { creates } of registries) {
        const made = creates?.(mutation);
        if (made) return made;
      }
      return null;
    },
    needs: (mutation) => registries.flatMap(({ needs }) => needs?.(mutation) ?? []),
  };
  return overlay;
}

function stepAt(overlay: Overlay, id: Id, mutations: readonly Mutation[], at: OverlayAt): StepAt {
  return {
    id,
    me: at.me,
    look: (kind, other) => overlay.show(kind, other, bodyOf(kind, at.stored(other)), mutations, at),
  };
}

/** Replace the item of this id or add it, then sort: lists on the wire are sorted. */
export function upsert<T extends { id: Id }>(
  items: readonly T[],
  item: T,
  order: (a: T, b: T) => number,
): T[] {
  return [...items.filter(({ id }) => id !== item.id), item].sort(order);
}

/** Change the item of this id and sort; nothing happens where it is not. */
export function adjust<T extends { id: Id }>(
  items: readonly T[],
  id: Id,
  change: (item: T) => T,
  order: (a: T, b: T) => number,
): T[] {
  return items.map((item) => (item.id === id ? change(item) : item)).sort(order);
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Sort by these fields, plainly: the server's order, not a reader's. */
export function by<T>(...fields: ((item: T) => string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const field of fields) {
      const order = compare(field(a), field(b));
      if (order !== 0) return order;
    }
    return 0;
  };
}
