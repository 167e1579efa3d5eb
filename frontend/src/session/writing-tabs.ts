/** Tabs share a store: one that is given up in a tab must not be in use for a talk in another. */
import { holdShared, tabLocks } from '../lib/shared-lock';
import type { Id } from '../store/dossiers';

function nameOf(user: Id): string {
  return `voordeur-writing-${user}`;
}

/** Let other tabs know that somebody writes here; returns the end of it. */
export function sayWriting(user: Id): () => void {
  return holdShared(nameOf(user));
}

/** Is a talk open in another tab? Ask only where none is in this one. */
export async function isWrittenElsewhere(user: Id): Promise<boolean> {
  const { held = [] } = (await tabLocks()?.query()) ?? {};
  return held.some(({ name }) => name === nameOf(user));
}
