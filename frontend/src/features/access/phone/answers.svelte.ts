/**
 * What teams answered, until the volunteer has looked: a question stays until it is answered. Here,
 * low in the house, as the screens of today and of aftercare both show it.
 */
import type { Handover, HouseholdBody, Id } from '../../../store/dossiers';
import { liveDossiers } from '../../../store/live.svelte';
import { LiveSource } from '../../../store/live-source.svelte';
import { ok } from '../../../lib/result';
import type { MetaKey } from '../../../store/types';
import { keep, type Saved } from '../../../sync/record';

export interface TeamAnswer {
  readonly householdId: Id;
  readonly body: HouseholdBody;
  readonly handover: Handover;
}

function seenKey(householdId: Id): MetaKey {
  return `seen:${householdId}`;
}

/** What of these hand-overs somebody sees who looks now. */
function looked(handovers: readonly Handover[]): string {
  return handovers.map(({ id, state }) => `${id} ${state}`).join('\n');
}

/** Answers among these that were not looked at; `seen` is what was noted at the last look. */
export function unseenAnswers(handovers: readonly Handover[], seen: string | null): Handover[] {
  const known = new Set(seen?.split('\n') ?? []);
  return handovers.filter(
    ({ id, state, answer }) =>
      answer !== null && (state === 'returned' || !known.has(`${id} ${state}`)),
  );
}

const seenMarks = new LiveSource<Record<Id, string | null>>({}, async (reader) => {
  const households = await reader.dossiersOf('household');
  if (!households.ok) return households;
  const marks: Record<Id, string | null> = {};
  for (const { id } of households.value) {
    const mark = await reader.meta(seenKey(id));
    if (!mark.ok) return mark;
    marks[id] = mark.value;
  }
  return ok(marks);
});

/** Live: every answer that waits to be looked at. */
export function liveAnswers(): { readonly items: readonly TeamAnswer[] } {
  const households = liveDossiers('household');
  const items = $derived(
    households.items.flatMap(({ id, body }) =>
      unseenAnswers(body.handovers, seenMarks.value[id] ?? null).map((handover) => ({
        householdId: id,
        body,
        handover,
      })),
    ),
  );
  return {
    get items() {
      return items;
    },
  };
}

/** The volunteer looks at these hand-overs now. */
export function markSeen(householdId: Id, handovers: readonly Handover[]): Promise<Saved> {
  const value = looked(handovers);
  const key = seenKey(householdId);
  return keep(({ meta }) => (meta(key) === value ? [] : [{ do: 'remember', key, value }]));
}
