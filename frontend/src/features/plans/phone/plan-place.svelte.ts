/** What the screens of a plan look at: the talk's place, and the plan that can be written in. */
import type { Plan } from '../../../store/dossiers';
import { TalkPlace } from '../../conversations/phone/place.svelte';
import type { PlanOf } from '../acts';

export class PlanPlace extends TalkPlace {
  readonly plan: Plan | null = $derived(this.household?.plan ?? null);
  /** Null where nothing may be written: no consent to note, or only the aftercare is ours. */
  readonly writing: PlanOf | null = $derived.by(() => {
    const planId = this.plan?.id ?? this.stop?.body.reserved.plan_id;
    if (this.mode !== 'noting' || this.talk === null || planId === undefined) return null;
    return { ...this.talk, planId };
  });
}
