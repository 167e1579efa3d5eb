/**
 * Did another phone come to this account? The profile names those that are live, so that every one
 * of them hears it with a sync; whoever has seen it is told again when yet another one comes.
 */
import type { Id } from '../../../store/dossiers';
import { LiveSource } from '../../../store/live-source.svelte';
import { keep, type Saved } from '../../../sync/record';
import { liveProfile } from './profile.svelte';

const seen = new LiveSource<string | null>(null, (reader) => reader.meta('devices_seen'));

/** Is there more than one, and one among them that was not there at the last look? */
export function tellsOfMore(devices: readonly Id[], known: string | null): boolean {
  return devices.length > 1 && devices.some((id) => known?.includes(id) !== true);
}

/** Live: the phones there are when somebody should know that there is another, else none. */
export function liveSecondPhone(): { readonly devices: readonly Id[] } {
  const profile = liveProfile();
  const devices = $derived(profile.body?.devices ?? []);
  return {
    get devices() {
      return seen.ready && tellsOfMore(devices, seen.value) ? devices : [];
    },
  };
}

/** The volunteer has seen that there are these phones; one that was silent for a while stays known. */
export function sawPhones(devices: readonly Id[]): Promise<Saved> {
  return keep(({ meta }) => {
    const known = meta('devices_seen')?.split(' ') ?? [];
    const value = [...new Set([...known, ...devices])].join(' ');
    return [{ do: 'remember', key: 'devices_seen', value }];
  });
}
