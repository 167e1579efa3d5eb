/** How the syncing goes, for the light at the top right. */
import { liveLight, type LiveLight } from '../store/live.svelte';
import { keep, type Saved } from './record';

/** `offline`: not reached; `sign-in-needed`: work is kept; `attention`: a person must look. */
export type Phase = 'idle' | 'busy' | 'offline' | 'sign-in-needed' | 'attention';

let phase: Phase = $state('idle');

/** For the engine only. */
export function setPhase(next: Phase): void {
  phase = next;
}

export interface SyncStatus extends LiveLight {
  readonly phase: Phase;
}

/** The person has seen that something was thrown away. */
export function sawErased(): Promise<Saved> {
  return keep(() => [{ do: 'remember', key: 'erased', value: null }]);
}

/** What the light tells, live: it counts in the store, so that every tab says the same. */
export function syncStatus(): SyncStatus {
  const light = liveLight();
  return {
    get phase() {
      if (light.problem !== null) return 'attention';
      const look = light.setAside > 0 || light.differing > 0;
      return phase === 'idle' && look ? 'attention' : phase;
    },
    get waiting() {
      return light.waiting;
    },
    get since() {
      return light.since;
    },
    get loose() {
      return light.loose;
    },
    get setAside() {
      return light.setAside;
    },
    get differing() {
      return light.differing;
    },
    get lastSuccess() {
      return light.lastSuccess;
    },
    get erased() {
      return light.erased;
    },
    get renew() {
      return light.renew;
    },
    get ready() {
      return light.ready;
    },
    get problem() {
      return light.problem;
    },
  };
}
