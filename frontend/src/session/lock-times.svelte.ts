/** How soon an untouched phone covers itself and shuts: as the municipality says, also without a line. */
import { onStore } from '../store/current';
import type { LockMinutes } from '../store/dossiers';

/** Until the municipality's own are known. */
const USUAL: LockMinutes = { untouched: 5, talk: 20, cover: 1 };

let minutes: LockMinutes = $state.raw(USUAL);
let stop: () => void = () => undefined;

onStore((store) => {
  stop();
  minutes = USUAL;
  stop =
    store?.observe(
      (reader) => reader.dossiersOf('profile'),
      (profiles) => {
        const [profile] = profiles.ok ? profiles.value : [];
        if (profile?.kind === 'profile') minutes = profile.body.lock_minutes ?? USUAL;
      },
    ) ?? (() => undefined);
});

/** The times of the open phone. */
export function lockMinutes(): LockMinutes {
  return minutes;
}
