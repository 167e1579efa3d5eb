/** Everything the screens of one talk look at, live: the door, its household, the guide, the words. */
import type { Id, Shown } from '../../../store/dossiers';
import { liveDossier, liveDossiers } from '../../../store/live.svelte';
import { talkOf } from '../acts';
import { talkMode } from './state';

/** An id that no dossier has: what is asked for is not known yet. */
const NOBODY: Id = '';

/**
 * The talk at one stop; make it while a component starts. Ids are fields of their own: bodies are
 * new objects at every keystroke, and reading starts anew when an id changes.
 */
export class TalkPlace {
  readonly stopId: Id;
  readonly #stop = $derived.by(() => liveDossier('stop', this.stopId));
  readonly #households = $derived(liveDossiers('household'));
  /** Null before anything is known of this stop. */
  readonly householdId: Id | null = $derived(
    this.#stop.body?.reserved.household_id ?? this.#begunHere(),
  );
  readonly #household = $derived(liveDossier('household', this.householdId ?? NOBODY));
  readonly household = $derived(this.#household.body);
  readonly #roundId = $derived(this.#stop.body?.round_id ?? NOBODY);
  readonly #round = $derived(liveDossier('round', this.#roundId));
  readonly round = $derived(this.#round.body);
  readonly #texts = $derived(this.household?.conversation ?? this.round?.campaign);
  readonly #guideId = $derived(this.#texts?.guide_id ?? NOBODY);
  readonly #guide = $derived(liveDossier('guide', this.#guideId));
  readonly guide = $derived(this.#guide.body?.content ?? null);
  readonly consentTextId: Id | null = $derived(this.#texts?.consent_text_id ?? null);
  readonly #consentText = $derived(liveDossier('consent_text', this.consentTextId ?? NOBODY));
  readonly consentText = $derived(this.#consentText.body?.content ?? null);

  /** Null when the round has left this phone; the household can still be here. */
  readonly stop: Shown<'stop'> | null = $derived.by(
    () => this.#stop.body && { id: this.stopId, body: this.#stop.body },
  );
  readonly talk = $derived(
    this.householdId !== null && this.household !== null
      ? talkOf({ id: this.householdId, body: this.household })
      : null,
  );
  readonly mode = $derived(talkMode(this.household, this.#stop.body));
  readonly problem = $derived(this.#stop.problem ?? this.#household.problem);
  readonly ready = $derived(
    this.#stop.ready &&
      (this.#stop.body === null ? this.#households.ready : this.#round.ready) &&
      this.#household.ready &&
      this.#guide.ready &&
      this.#consentText.ready,
  );
  /** "Wilgenhof 12", or "" where the address is not known. */
  readonly door = $derived.by(() => {
    const address = this.#stop.body?.address ?? this.household?.address;
    return address ? `${address.street} ${address.number}` : '';
  });

  constructor(stopId: Id) {
    this.stopId = stopId;
  }

  #begunHere(): Id | null {
    return this.#households.items.find(({ body }) => body.stop_id === this.stopId)?.id ?? null;
  }
}
