/** What the hand-over looks at, live: the household, who can receive it, and the words to ask in. */
import type { Id } from '../../../store/dossiers';
import { liveDossier, liveDossiers } from '../../../store/live.svelte';
import { liveQueue } from '../../../store/live-queue.svelte';
import { talkOf } from '../../conversations/acts';
import { agreed } from '../../conversations/phone/state';

const NOBODY: Id = '';

/** Make it while a component starts. Ids stand apart, as in TalkPlace. */
export class HandoverPlace {
  readonly householdId: Id;
  readonly #household = $derived.by(() => liveDossier('household', this.householdId));
  readonly household = $derived(this.#household.body);
  readonly #profiles = $derived(liveDossiers('profile'));
  readonly profile = $derived(this.#profiles.items[0]?.body ?? null);
  readonly teams = $derived(this.profile?.teams ?? []);
  readonly #guideId = $derived(this.household?.conversation?.guide_id ?? NOBODY);
  readonly #guide = $derived(liveDossier('guide', this.#guideId));
  readonly guide = $derived(this.#guide.body?.content ?? null);
  readonly consentTextId: Id | null = $derived(
    this.household?.conversation?.consent_text_id ?? null,
  );
  readonly #consentText = $derived(liveDossier('consent_text', this.consentTextId ?? NOBODY));
  readonly consentText = $derived(this.#consentText.body?.content ?? null);
  readonly talk = $derived.by(() =>
    this.household ? talkOf({ id: this.householdId, body: this.household }) : null,
  );
  readonly noting = $derived(agreed(this.household?.consents ?? [], 'note'));
  readonly problem = $derived(this.#household.problem);
  readonly ready = $derived(
    this.#household.ready && this.#profiles.ready && this.#guide.ready && this.#consentText.ready,
  );

  /** Offers that are on this phone only. */
  readonly #waiting = $derived(
    liveQueue.value.entries.flatMap(({ state, mutation }) =>
      state === 'waiting' && mutation.kind === 'handover.offer' ? [mutation.body.handover_id] : [],
    ),
  );

  /** Did this hand-over not leave the phone yet? */
  waits(handoverId: Id): boolean {
    return this.#waiting.includes(handoverId);
  }

  constructor(householdId: Id) {
    this.householdId = householdId;
  }
}
