/** The letter that goes with a round on this phone, live. */
import type { Id, LetterBody } from '../../../store/dossiers';
import { liveDossier, liveDossiers } from '../../../store/live.svelte';

export interface LetterOfRound {
  /** Null while it is read, and where there is none. */
  readonly body: LetterBody | null;
  readonly ready: boolean;
}

/** Look at the letter of a round's campaign. */
export function letterOf(roundId: Id): LetterOfRound {
  const round = liveDossier('round', roundId);
  const letters = liveDossiers('letter');
  const found = $derived(
    letters.items.find(({ body }) => body.campaign_id === round.body?.campaign.id)?.body,
  );
  return {
    get body() {
      return found ?? null;
    },
    get ready() {
      return round.ready && letters.ready;
    },
  };
}
