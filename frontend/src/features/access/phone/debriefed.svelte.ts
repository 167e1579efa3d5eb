/**
 * The doors of today where nothing is left to talk over: it was done, or the talk was thrown away.
 * The server keeps how it went and sends none of it back, so the phone notes it itself, sealed.
 */
import { today, type Day } from '../../../lib/dates';
import { onStore } from '../../../store/current';
import type { Id } from '../../../store/dossiers';
import { keep } from '../../../sync/record';

interface Kept {
  readonly day: Day;
  readonly stops: readonly Id[];
}

const NOTHING: Kept = { day: '', stops: [] };

let kept: Kept = $state.raw(NOTHING);

// Whoever opens the phone finds their own; nobody else's.
onStore((store) => {
  kept = NOTHING;
  void store?.meta('debriefed').then((read) => {
    if (read.ok && read.value !== null) kept = JSON.parse(read.value) as Kept;
  });
});

function ofToday(): readonly Id[] {
  return kept.day === today() ? kept.stops : [];
}

/** Can the talk at this door still be talked over? */
export function isToDebrief(stopId: Id): boolean {
  return !ofToday().includes(stopId);
}

/** It was talked over, or there is no talk any more. */
export async function nothingToDebrief(stopId: Id): Promise<void> {
  kept = { day: today(), stops: [...ofToday(), stopId] };
  const value = JSON.stringify(kept);
  await keep(() => [{ do: 'remember', key: 'debriefed', value }]);
}
