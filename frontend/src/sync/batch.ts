/** What goes in the next request: waiting mutations in order, frozen before they leave. */
import type { Result } from '../lib/result';
import { map } from '../lib/result';
import type { CopyBox } from '../store/copies';
import type { Id } from '../store/dossiers';
import type { Mutation } from '../store/mutations';
import type { OutboxEntry, Store, StoreProblem } from '../store/types';
import { foreseen, type Foreseen } from './expecting';

/** A request is at most 256 kB; what is not mutations needs room too. */
export const PART_BYTES = 240_000;
/** The server reads at most a thousand in one request. */
const PART_COUNT = 500;

export interface Batch {
  readonly mutations: Mutation[];
  /** More is ready than fitted. */
  readonly more: boolean;
  /** What their dossiers should be when they have arrived; nothing while more follows. */
  readonly foreseen: readonly Foreseen[];
}

const encoder = new TextEncoder();

function bytesOf(mutation: Mutation): number {
  return encoder.encode(JSON.stringify(mutation)).length + 1;
}

/**
 * Those that may be sent, in order of making. Mutations of one dossier apply in order, so what
 * follows one that is held back, or one that was too large (`skip`), waits with it.
 */
export function ready(entries: readonly OutboxEntry[], skip: ReadonlySet<Id>): OutboxEntry[] {
  const stuck = new Set<Id>();
  return entries.filter(({ state, held, mutation }) => {
    if (state !== 'waiting' || stuck.has(mutation.dossier_id)) return false;
    if (!held && !skip.has(mutation.id)) return true;
    stuck.add(mutation.dossier_id);
    return false;
  });
}

/** As many as fit; one that is larger than a part goes alone. */
export function fitting(entries: readonly OutboxEntry[], bytes: number): OutboxEntry[] {
  const chosen: OutboxEntry[] = [];
  let used = 0;
  for (const entry of entries) {
    used += bytesOf(entry.mutation);
    if (chosen.length > 0 && (used > bytes || chosen.length >= PART_COUNT)) break;
    chosen.push(entry);
  }
  return chosen;
}

/** As many boxes as fit, at least one. */
export function fittingBoxes(boxes: readonly CopyBox[], bytes: number): CopyBox[] {
  let used = 0;
  const fits = boxes.slice(0, PART_COUNT).findIndex(({ box }, index) => {
    used += box.length + 60;
    return index > 0 && used > bytes;
  });
  return boxes.slice(0, fits === -1 ? PART_COUNT : fits);
}

/** Choose the next part and freeze it, on disk, before anything of it is sent. */
export async function freezeNext(
  store: Store,
  bytes: number,
  skip: ReadonlySet<Id>,
): Promise<Result<Batch, StoreProblem>> {
  let batch: Batch = { mutations: [], more: false, foreseen: [] };
  const frozen = await store.change((view) => {
    const all = ready(view.entries, skip);
    const chosen = fitting(all, bytes);
    const mutations = chosen.map(({ mutation }) => mutation);
    const more = chosen.length < all.length;
    batch = { mutations, more, foreseen: more ? [] : foreseen(view, mutations, store.accountId) };
    return chosen
      .filter((entry) => !entry.frozen)
      .map((entry) => ({ do: 'amend', entry: { ...entry, frozen: true } }));
  });
  return map(frozen, () => batch);
}
