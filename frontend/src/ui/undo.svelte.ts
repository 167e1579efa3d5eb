/**
 * The one offer to take something back. It belongs to the screen where it shows: who moves on lets
 * go of it, unless the act itself moves (`takeUndoAlong`). A newer offer replaces an older one; time
 * stands still while the bar has focus or pointer.
 */
import { ports, type Timer } from '../lib/ports';

export interface UndoOffer {
  /** What happened: "12: niemand thuis". */
  readonly message: string;
  /** Absent where nothing can be taken back: then it only says what was done. */
  readonly undo?: () => void | Promise<void>;
  /** Where to go from here; such a line stays until one moves on. */
  readonly link?: { readonly href: string; readonly words: string };
}

export const UNDO_MILLISECONDS = 10_000;

let offer: UndoOffer | null = $state.raw(null);
let timer: Timer | null = null;
let alongOnce = false;

export function currentUndo(): UndoOffer | null {
  return offer;
}

/** Hold the bar: no countdown until `resumeUndo`. */
export function holdUndo(): void {
  if (timer !== null) ports.timers.clear(timer);
  timer = null;
}

/** Count down (again) from the full ten seconds. */
export function resumeUndo(): void {
  holdUndo();
  if (offer !== null && offer.link === undefined)
    timer = ports.timers.set(dismissUndo, UNDO_MILLISECONDS);
}

export function dismissUndo(): void {
  holdUndo();
  offer = null;
}

/** Say what was done and offer to undo it. */
export function offerUndo(next: UndoOffer): void {
  offer = next;
  resumeUndo();
}

/** The act moves to another screen now: what was offered shows there too. */
export function takeUndoAlong(): void {
  alongOnce = true;
}

/** Another screen stands: an older offer would only be in the way of its buttons. */
export function arrive(): void {
  if (!alongOnce) dismissUndo();
  alongOnce = false;
}

/** Take it back now. */
export async function acceptUndo(): Promise<void> {
  const taken = offer;
  dismissUndo();
  await taken?.undo?.();
}
