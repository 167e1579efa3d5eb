/**
 * The doors of today where nothing is left to talk over: it was done, or the talk was thrown away.
 * The server keeps how it went and sends none of it back, so the phone remembers the ids of today's
 * stops itself, outside the sealed store: an id says neither where it was nor what was said.
 */
import { today, type Day } from '../../../lib/dates';
import type { Id } from '../../../store/dossiers';

const REMEMBERED = 'voordeur.debriefed';

interface Kept {
  readonly day: Day;
  readonly stops: readonly Id[];
}

function isKept(value: unknown): value is Kept {
  const { day, stops } = (value ?? {}) as Partial<Kept>;
  return typeof day === 'string' && Array.isArray(stops);
}

function remembered(): Kept {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
    if (isKept(value)) return value;
  } catch {
    // Storage is forbidden, or somebody else wrote there: then nothing is remembered.
  }
  return { day: '', stops: [] };
}

let kept: Kept = $state.raw(remembered());

function ofToday(): readonly Id[] {
  return kept.day === today() ? kept.stops : [];
}

/** Can the talk at this door still be talked over? */
export function isToDebrief(stopId: Id): boolean {
  return !ofToday().includes(stopId);
}

/** It was talked over, or there is no talk any more. */
export function nothingToDebrief(stopId: Id): void {
  kept = { day: today(), stops: [...ofToday(), stopId] };
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(kept));
  } catch {
    // It is known until the app closes.
  }
}
