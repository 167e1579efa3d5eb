/** Which door a dossier belongs to, from what is on this phone. */
import type { Id } from '../../../store/dossiers';
import { liveDossiers } from '../../../store/live.svelte';

/** A function that gives "Wilgenhof 12", or "" where the phone does not know. */
export function livePlaces(): { of: (dossierId: Id) => string } {
  const stops = liveDossiers('stop');
  const households = liveDossiers('household');
  const places = $derived(
    new Map<Id, string>([
      ...stops.items.flatMap(({ id, body }) => {
        const place = `${body.address.street} ${body.address.number}`;
        return [[id, place] as const, [body.reserved.household_id, place] as const];
      }),
      ...households.items.flatMap(({ id, body }) =>
        body.address === null
          ? []
          : [[id, `${body.address.street} ${body.address.number}`] as const],
      ),
    ]),
  );
  return { of: (dossierId) => places.get(dossierId) ?? '' };
}
