/** Locks that several tabs hold at once, to say that something is going on in them. */

/** Absent on plain http and in old browsers, whatever the types say. */
export function tabLocks(): LockManager | null {
  return (navigator.locks as LockManager | null | undefined) ?? null;
}

/** Hold it with whoever else does; returns the end of it. The browser lets go when the tab goes. */
export function holdShared(name: string): () => void {
  let end: () => void = () => undefined;
  const over = new Promise<void>((done) => {
    end = done;
  });
  void tabLocks()?.request(name, { mode: 'shared' }, () => over);
  return end;
}
