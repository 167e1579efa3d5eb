/** Tabs share a store: one that is given up in a tab must not be in use for a talk in another. */
import type { Id } from '../store/dossiers';

function nameOf(user: Id): string {
  return `voordeur-writing-${user}`;
}

/** Absent on plain http and in old browsers, whatever the types say. */
function tabLocks(): LockManager | null {
  return (navigator.locks as LockManager | null | undefined) ?? null;
}

/** Let other tabs know that somebody writes here; returns the end of it. */
export function sayWriting(user: Id): () => void {
  let end: () => void = () => undefined;
  const over = new Promise<void>((done) => {
    end = done;
  });
  void tabLocks()?.request(nameOf(user), { mode: 'shared' }, () => over);
  return end;
}

/** Is a talk open in another tab? Ask only where none is in this one. */
export async function isWrittenElsewhere(user: Id): Promise<boolean> {
  const { held = [] } = (await tabLocks()?.query()) ?? {};
  return held.some(({ name }) => name === nameOf(user));
}
