/** Live views of dossiers for screens: what is stored with unsent work laid over it. */
import type { Dossier, DossierBodies, DossierKind, Id, Shown } from './dossiers';
import { isPending, liveQueue, type Queue } from './live-queue.svelte';
import { LiveSource } from './live-source.svelte';
import { bodyOf, theOverlay } from './overlaid';
import type { StoreProblem } from './types';

export {
  liveLight,
  liveOutbox,
  liveSpoilt,
  type LiveLight,
  type LiveOutbox,
  type OutboxLine,
} from './light.svelte';

export interface LiveDossier<K extends DossierKind> {
  readonly id: Id;
  /** Null when there is none, or when it is still being read. */
  readonly body: DossierBodies[K] | null;
  /** Is part of what is shown on this phone only? */
  readonly pending: boolean;
  /** Was the store read once? Before that, "not found" would be a lie. */
  readonly ready: boolean;
  readonly problem: StoreProblem | null;
}

/**
 * One dossier, live. Where the id changes: `const stop = $derived(liveDossier('stop', id))`.
 */
export function liveDossier<K extends DossierKind>(kind: K, id: Id): LiveDossier<K> {
  const base = new LiveSource<Dossier | null>(null, (reader) => reader.dossier(id));
  const body = $derived.by(() => {
    const { mutations, at } = liveQueue.value;
    return theOverlay().show(kind, id, bodyOf(kind, base.value), mutations, at);
  });
  const pending = $derived(isPending(kind, id, liveQueue.value.entries));
  return {
    id,
    get body() {
      return body;
    },
    get pending() {
      return pending;
    },
    get ready() {
      return base.ready && liveQueue.ready;
    },
    get problem() {
      return base.problem ?? liveQueue.problem;
    },
  };
}

export interface LiveDossiers<K extends DossierKind> {
  readonly items: readonly LiveItem<K>[];
  readonly ready: boolean;
  readonly problem: StoreProblem | null;
}

export interface LiveItem<K extends DossierKind> extends Shown<K> {
  readonly pending: boolean;
}

function showAll<K extends DossierKind>(
  kind: K,
  stored: readonly Dossier[],
  { entries, mutations, at }: Queue,
): LiveItem<K>[] {
  const overlay = theOverlay();
  const bases = new Map<Id, DossierBodies[K] | null>(
    stored.map((dossier) => [dossier.id, bodyOf(kind, dossier)]),
  );
  for (const mutation of mutations) {
    const made = overlay.creates(mutation);
    if (made?.kind === kind && !bases.has(made.id)) bases.set(made.id, null);
  }
  return [...bases].flatMap(([id, base]) => {
    const body = overlay.show(kind, id, base, mutations, at);
    return body === null ? [] : [{ id, body, pending: isPending(kind, id, entries) }];
  });
}

/** All dossiers of a kind, live, in no promised order; those begun on this phone among them. */
export function liveDossiers<K extends DossierKind>(kind: K): LiveDossiers<K> {
  const base = new LiveSource<readonly Dossier[]>([], (reader) => reader.dossiersOf(kind));
  const items = $derived(showAll(kind, base.value, liveQueue.value));
  return {
    get items() {
      return items;
    },
    get ready() {
      return base.ready && liveQueue.ready;
    },
    get problem() {
      return base.problem ?? liveQueue.problem;
    },
  };
}
