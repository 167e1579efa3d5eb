/** What a component was given, for what it still has to write or offer after it has gone. */
import { onDestroy } from 'svelte';

/**
 * Reads props as they are now; once the component has gone, as they were at its end. A late write
 * that reads a prop itself gets whatever was last reckoned, which may be older. Call while it starts.
 */
export function outliving<T>(read: () => T): () => T {
  let last: { readonly value: T } | null = null;
  onDestroy(() => {
    last = { value: read() };
  });
  return () => (last ?? { value: read() }).value;
}
