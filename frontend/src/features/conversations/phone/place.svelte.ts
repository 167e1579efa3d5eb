/** Everything the screens of one talk look at, live: the door, its household, the guide, the words. */
import type {
  ConsentTextContent,
  DossierBodies,
  GuideContent,
  HouseholdBody,
  Id,
  RoundBody,
  Shown,
} from '../../../store/dossiers';
import { liveDossier, liveDossiers } from '../../../store/live.svelte';
import type { StoreProblem } from '../../../store/types';
import { talkOf, type Talk } from '../acts';
import { talkMode, type TalkMode } from './state';

export interface TalkPlace {
  readonly stopId: Id;
  readonly ready: boolean;
  readonly problem: StoreProblem | null;
  /** Null when the round has left this phone; the household can still be here. */
  readonly stop: Shown<'stop'> | null;
  readonly round: RoundBody | null;
  readonly householdId: Id | null;
  readonly household: HouseholdBody | null;
  readonly talk: Talk | null;
  readonly mode: TalkMode;
  readonly guide: GuideContent | null;
  readonly consentTextId: Id | null;
  readonly consentText: ConsentTextContent | null;
  /** "Wilgenhof 12", or "" where the address is not known. */
  readonly door: string;
}

/** An id that no dossier has: what is asked for is not known yet. */
const NOBODY = '';

/** The talk at this stop; call while a component starts. */
export function talkAt(stopId: Id): TalkPlace {
  const stop = liveDossier('stop', stopId);
  const households = liveDossiers('household');
  // Ids stand apart: bodies are new objects at every keystroke, and reading starts anew with an id.
  const here = $derived(stop.body?.reserved.household_id ?? begunAt(households.items, stopId));
  const household = $derived(liveDossier('household', here ?? NOBODY));
  const roundId = $derived(stop.body?.round_id ?? NOBODY);
  const round = $derived(liveDossier('round', roundId));
  const texts = $derived(household.body?.conversation ?? round.body?.campaign);
  const guideId = $derived(texts?.guide_id ?? NOBODY);
  const guide = $derived(liveDossier('guide', guideId));
  const consentTextId = $derived(texts?.consent_text_id ?? NOBODY);
  const consentText = $derived(liveDossier('consent_text', consentTextId));
  const address = $derived(stop.body?.address ?? household.body?.address ?? null);
  const begun = $derived(stop.body === null ? households.ready : round.ready);
  const read = $derived(stop.ready && begun && household.ready);

  return {
    stopId,
    get ready() {
      return read && guide.ready && consentText.ready;
    },
    get problem() {
      return stop.problem ?? household.problem;
    },
    get stop() {
      return stop.body && { id: stopId, body: stop.body };
    },
    get round() {
      return round.body;
    },
    get householdId() {
      return here;
    },
    get household() {
      return household.body;
    },
    get talk() {
      return here && household.body && talkOf({ id: here, body: household.body });
    },
    get mode() {
      return talkMode(household.body, stop.body);
    },
    get guide() {
      return guide.body?.content ?? null;
    },
    get consentTextId() {
      return consentTextId === NOBODY ? null : consentTextId;
    },
    get consentText() {
      return consentText.body?.content ?? null;
    },
    get door() {
      return address === null ? '' : `${address.street} ${address.number}`;
    },
  };
}

function begunAt(
  households: readonly { id: Id; body: DossierBodies['household'] }[],
  stopId: Id,
): Id | null {
  return households.find(({ body }) => body.stop_id === stopId)?.id ?? null;
}
