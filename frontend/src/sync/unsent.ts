/** What stays on this phone after a request: the server tells who watches over the pairs. */
import { map, type Result } from '../lib/result';
import type { Store, StoreProblem } from '../store/types';
import { oldestOf } from '../store/light.svelte';
import type { Mutation, Unsent } from './wire';

/**
 * Work whose editor is open, what was too large to send, and loose notes: how many, and when the
 * oldest was made. Half-filled forms wait for a person, not for a line, and do not count.
 */
export async function unsentAfter(
  store: Store,
  sent: readonly Mutation[],
): Promise<Result<Unsent, StoreProblem>> {
  const loose = await store.loose();
  if (!loose.ok) return loose;
  const going = new Set(sent.map(({ id }) => id));
  return map(await store.entries(), (entries) => {
    const left = entries
      .filter(({ state, mutation }) => state === 'waiting' && !going.has(mutation.id))
      .map(({ mutation }) => mutation.made_at);
    const made = [...left, ...loose.value];
    return { count: made.length, oldest: oldestOf(made) };
  });
}
