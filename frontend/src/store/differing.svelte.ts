/** What two people wrote differently, live: only the server finds it, only a person ends it. */
import { ok } from '../lib/result';
import type { Difference, Dossier } from './dossiers';
import { liveQueue, type Queue } from './live-queue.svelte';
import { LiveSource } from './live-source.svelte';
import { bodyOf, theOverlay } from './overlaid';

const KINDS = ['stop', 'household'] as const;

function differencesIn(body: unknown): readonly Difference[] {
  return (body as { differences?: readonly Difference[] } | null)?.differences ?? [];
}

const differing = new LiveSource<readonly Dossier[]>([], async (reader) => {
  const found: Dossier[] = [];
  for (const kind of KINDS) {
    const all = await reader.dossiersOf(kind);
    if (!all.ok) return all;
    found.push(...all.value.filter(({ body }) => differencesIn(body).length > 0));
  }
  return ok(found);
});

function left(dossiers: readonly Dossier[], { mutations, at }: Queue): number {
  return KINDS.flatMap((kind) =>
    dossiers
      .filter((dossier) => dossier.kind === kind)
      .map((dossier) => theOverlay().show(kind, dossier.id, bodyOf(kind, dossier), mutations, at)),
  ).reduce((sum, body) => sum + differencesIn(body).length, 0);
}

/** How many differences nobody settled yet, here or on the server. */
export function liveDiffering(): { readonly count: number } {
  const count = $derived(left(differing.value, liveQueue.value));
  return {
    get count() {
      return count;
    },
  };
}
