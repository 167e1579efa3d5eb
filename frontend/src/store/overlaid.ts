/**
 * Where the overlay enters: its pure functions live in the slices above, the store's live views
 * and the sync need the assembled whole. main.ts installs it once at start.
 */
import type { Dossier, DossierBodies, DossierKind, Id } from './dossiers';
import type { Mutation } from './mutations';
import type { OutboxEntry } from './types';
import { liftedMutation } from './upcasting';

/** Gives the dossier that is stored under an id, without unsent work. */
export type Lookup = (id: Id) => Dossier | undefined;

export interface OverlayAt {
  /** The account that works on this phone. */
  readonly me: Id;
  readonly stored: Lookup;
}

export interface Overlay {
  /** The dossier's body with the mutations that touch it laid over it, in order. */
  show<K extends DossierKind>(
    kind: K,
    id: Id,
    base: DossierBodies[K] | null,
    mutations: readonly Mutation[],
    at: OverlayAt,
  ): DossierBodies[K] | null;
  touches(kind: DossierKind, id: Id, mutation: Mutation): boolean;
  /** Dossiers that exist on the phone before the server knows them. */
  creates(mutation: Mutation): { kind: DossierKind; id: Id } | null;
  /** Stored dossiers that must be at hand to overlay this mutation. */
  needs(mutation: Mutation): readonly Id[];
}

const nothing: Overlay = {
  show: (_kind, _id, base) => base,
  touches: () => false,
  creates: () => null,
  needs: () => [],
};

let installed: Overlay = nothing;

/** Install the assembled overlay; call once at start. */
export function installOverlay(overlay: Overlay): void {
  installed = overlay;
}

/** The overlay in use. */
export function theOverlay(): Overlay {
  return installed;
}

/** The mutations that a screen must show: those without outcome, or whose dossier still comes. */
export function shownMutations(entries: readonly OutboxEntry[]): Mutation[] {
  return entries
    .filter(({ state }) => state === 'waiting' || state === 'acknowledged')
    .map(({ mutation }) => liftedMutation(mutation));
}

/** The body of a stored dossier when it is of this kind. */
export function bodyOf<K extends DossierKind>(
  kind: K,
  dossier: Dossier | null | undefined,
): DossierBodies[K] | null {
  return dossier?.kind === kind ? (dossier.body as DossierBodies[K]) : null;
}
