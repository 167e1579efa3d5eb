/** Tells the engine that there is something new to send, without acts knowing the engine. */
const listeners = new Set<() => void>();

/** Called after every act; returns the end of it. */
export function onNudge(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Something is ready to be sent. */
export function nudge(): void {
  for (const listener of [...listeners]) listener();
}
