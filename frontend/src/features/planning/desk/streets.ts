/** Streets as bands through the doors that are known: enough to see where one is, without a map of anybody. */
import type { Spot } from './projecting';

export interface StreetBand {
  readonly name: string;
  readonly spots: readonly Spot[];
}

/** Doors a bend of a street: odd and even numbers lie on both sides, so that a few make its middle. */
const DOORS_A_BEND = 6;
const MOST_BENDS = 8;

/** One band a street: its doors in order along it, a few at a time. A street of one door has none. */
export function bandsOf(doors: readonly (Spot & { readonly street: string })[]): StreetBand[] {
  const byStreet = new Map<string, Spot[]>();
  for (const door of doors) byStreet.set(door.street, [...(byStreet.get(door.street) ?? []), door]);
  return [...byStreet]
    .filter(([, spots]) => spots.length > 1)
    .map(([name, spots]) => ({ name, spots: middlesOf(alongOf(spots)) }));
}

/** In order along the direction in which the street is longest. */
function alongOf(spots: readonly Spot[]): Spot[] {
  const { lat, lon } = middleOf(spots);
  const narrow = Math.cos((lat * Math.PI) / 180);
  let [east, north, both] = [0, 0, 0];
  for (const spot of spots) {
    const [x, y] = [(spot.lon - lon) * narrow, spot.lat - lat];
    east += x * x;
    north += y * y;
    both += x * y;
  }
  const angle = Math.atan2(2 * both, east - north) / 2;
  const along = (spot: Spot): number =>
    (spot.lon - lon) * narrow * Math.cos(angle) + (spot.lat - lat) * Math.sin(angle);
  return [...spots].sort((a, b) => along(a) - along(b));
}

function middlesOf(spots: readonly Spot[]): Spot[] {
  const bends = Math.min(MOST_BENDS, Math.max(2, Math.round(spots.length / DOORS_A_BEND)));
  const [first, last] = [spots[0], spots.at(-1)];
  if (first === undefined || last === undefined || spots.length < DOORS_A_BEND) return [...spots];
  return Array.from({ length: bends }, (_, bend) =>
    middleOf(spots.slice((bend * spots.length) / bends, ((bend + 1) * spots.length) / bends)),
  );
}

function middleOf(spots: readonly Spot[]): Spot {
  const sum = spots.reduce((all, { lat, lon }) => ({ lat: all.lat + lat, lon: all.lon + lon }), {
    lat: 0,
    lon: 0,
  });
  return { lat: sum.lat / spots.length, lon: sum.lon / spots.length };
}
