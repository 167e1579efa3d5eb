/** A map of streets drawn from their doors: each door is tied to the nearest that is on the line. Pure. */
import type { Ground, Place } from './places';

/** A street and where its doors are. */
export interface StreetDoors {
  readonly name: string;
  readonly doors: readonly Place[];
}

// Degrees of latitude, about 90 metres: further apart it is not the same piece of street.
const LONGEST_GAP = 0.0008;
// A degree of longitude is shorter; at 52 degrees north by so much.
const NARROWER = 0.616;
// Above these a street is drawn from every second door, or third: its shape stays.
const MOST_DOORS = 150;

function distance(a: Place, b: Place): number {
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * NARROWER);
}

function thinned(doors: readonly Place[]): readonly Place[] {
  const step = Math.ceil(doors.length / MOST_DOORS);
  return step <= 1 ? doors : doors.filter((_, at) => at % step === 0);
}

/** The shortest lines that tie all doors together, less those over a gap. */
export function streetLines(given: readonly Place[]): [Place, Place][] {
  const doors = thinned(given);
  const [first, ...others] = doors;
  if (first === undefined) return [];
  const lines: [Place, Place][] = [];
  let loose = others.map((door) => ({ door, to: first, away: distance(door, first) }));
  while (loose.length > 0) {
    const next = loose.reduce((best, one) => (one.away < best.away ? one : best));
    if (next.away <= LONGEST_GAP) lines.push([next.to, next.door]);
    loose = loose.filter((one) => one !== next);
    for (const one of loose) {
      const away = distance(one.door, next.door);
      if (away < one.away) [one.to, one.away] = [next.door, away];
    }
  }
  return lines;
}

/** The door nearest to the middle of all: there the name is written. */
function middle(doors: readonly Place[]): Place | undefined {
  const mean = {
    lat: doors.reduce((sum, { lat }) => sum + lat, 0) / doors.length,
    lon: doors.reduce((sum, { lon }) => sum + lon, 0) / doors.length,
  };
  const away = (door: Place): number => distance(door, mean);
  return doors.reduce<Place | undefined>(
    (best, door) => (best === undefined || away(door) < away(best) ? door : best),
    undefined,
  );
}

/** The ground of a piece of town. */
export function drawnGround(streets: readonly StreetDoors[]): Ground {
  const names = streets.flatMap(({ name, doors }) => {
    const place = middle(doors);
    return place ? [{ name, lat: place.lat, lon: place.lon }] : [];
  });
  return { lines: streets.flatMap(({ doors }) => streetLines(doors)), names };
}
