/** The outbox, live, with the stored dossiers that its mutations lean on: shared by all views. */
import type { Dossier, DossierKind, Id } from './dossiers';
import type { Mutation } from './mutations';
import { ok, type Result } from '../lib/result';
import { LiveSource } from './live-source.svelte';
import { shownMutations, theOverlay, type OverlayAt } from './overlaid';
import type { OutboxEntry, Reader, StoreProblem } from './types';

export interface Queue {
  readonly entries: readonly OutboxEntry[];
  /** Those a screen shows laid over the dossiers. */
  readonly mutations: readonly Mutation[];
  readonly at: OverlayAt;
}

const emptyQueue: Queue = { entries: [], mutations: [], at: { me: '', stored: () => undefined } };

/** The outbox and its context in one reading. */
export async function readQueue(reader: Reader, me: Id): Promise<Result<Queue, StoreProblem>> {
  const entries = await reader.entries();
  if (!entries.ok) return entries;
  const mutations = shownMutations(entries.value);
  const context = new Map<Id, Dossier>();
  let needed = new Set(mutations.flatMap((mutation) => theOverlay().needs(mutation)));
  // A stop leads to its round: two steps are enough.
  for (let step = 0; step < 2 && needed.size > 0; step += 1) {
    const found = await reader.dossiers([...needed]);
    if (!found.ok) return found;
    needed = new Set();
    for (const dossier of found.value) {
      context.set(dossier.id, dossier);
      if (dossier.kind === 'stop') needed.add(dossier.body.round_id);
    }
  }
  const at: OverlayAt = { me, stored: (id) => context.get(id) };
  return ok({ entries: entries.value, mutations, at });
}

export const liveQueue = new LiveSource<Queue>(emptyQueue, readQueue);

/** Is something of this dossier on this phone only? */
export function isPending(kind: DossierKind, id: Id, entries: readonly OutboxEntry[]): boolean {
  return entries.some(
    ({ state, mutation }) => state === 'waiting' && theOverlay().touches(kind, id, mutation),
  );
}
