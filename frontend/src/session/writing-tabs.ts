/** Tabs share a store: one that is given up in a tab must not be in use for a talk in another. */
import { holdShared, tabLocks } from '../lib/shared-lock';
import type { Id } from '../store/dossiers';

function nameOf(user: Id): string {
  return `voordeur-writing-${user}`;
}

function looseNameOf(user: Id): string {
  return `voordeur-loose-${user}`;
}

/** A note that is being written in this tab, where the browser has no locks to tell of it. */
const looseHere = new Set<Id>();

/** Let other tabs know that somebody writes here; returns the end of it. */
export function sayWriting(user: Id): () => void {
  return holdShared(nameOf(user));
}

/** Is a talk open in another tab? Ask only where none is in this one. */
export async function isWrittenElsewhere(user: Id): Promise<boolean> {
  return isHeld(nameOf(user));
}

async function isHeld(wanted: string): Promise<boolean> {
  const { held = [] } = (await tabLocks()?.query()) ?? {};
  return held.some(({ name }) => name === wanted);
}

/** A loose note is being written here; returns the end of it. */
export function sayLoose(user: Id): () => void {
  const end = holdShared(looseNameOf(user));
  looseHere.add(user);
  return () => {
    looseHere.delete(user);
    end();
  };
}

/**
 * May this account's store not be given up yet? A talk is open in another tab, or a loose note in any:
 * what is typed there would be lost.
 */
export async function isInUse(user: Id): Promise<boolean> {
  if (looseHere.has(user) || (await isHeld(looseNameOf(user)))) return true;
  return isWrittenElsewhere(user);
}
