/** Who works on this phone and whom they can call: kept on the phone, so it works without signal. */
import { currentAccount } from '../../../session/session.svelte';
import type { Id, ProfileBody } from '../../../store/dossiers';
import { liveDossiers } from '../../../store/live.svelte';

export interface LiveProfile {
  /** The account on this phone; "" when nobody works here. */
  readonly me: Id;
  /** Null until it has come. */
  readonly body: ProfileBody | null;
  readonly ready: boolean;
}

export function liveProfile(): LiveProfile {
  const profiles = liveDossiers('profile');
  return {
    get me() {
      return currentAccount()?.id ?? '';
    },
    get body() {
      return profiles.items[0]?.body ?? null;
    },
    get ready() {
      return profiles.ready;
    },
  };
}
