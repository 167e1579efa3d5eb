/** What a map shows, in degrees, and sums about it. Pure: a town is flat enough to count as a plane. */

export interface Place {
  readonly lat: number;
  readonly lon: number;
}

export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** The piece that is on screen; `zoom` 0 is the world, 19 a house. */
export interface View extends Box {
  readonly zoom: number;
}

export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'hexagon' | 'cross';

/** A thing to see and to press. Colour never says something alone: the shape says it too. */
export interface MapPoint extends Place {
  readonly id: string;
  /** Told when it is pointed at, e.g. "Wilgenhof 12, te doen". */
  readonly label: string;
  /** A custom property such as '--voordeur-accent', so that it follows light and dark. */
  readonly colour: string;
  readonly shape: Shape;
  /** Pixels from the middle to the edge; 6 when it is not said. */
  readonly size?: number;
  /** At most three characters, drawn inside. */
  readonly text?: string;
  /** Drawn as an outline only: e.g. what is not chosen. */
  readonly hollow?: boolean;
}

/** A path such as a round walks. */
export interface MapLine {
  readonly id: string;
  readonly places: readonly Place[];
  readonly colour: string;
  readonly dashed?: boolean;
}

/** A drawn area. */
export interface MapArea {
  readonly id: string;
  readonly corners: readonly Place[];
}

/** The map under it all where there are no tiles: streets as lines, with their names. */
export interface Ground {
  readonly lines: readonly (readonly Place[])[];
  readonly names: readonly (Place & { readonly name: string })[];
}

/** Where pictures of the town come from; null where none are asked for. */
export interface Background {
  /** An address with {z}, {x} and {y}. */
  readonly url: string;
  readonly attribution: string;
  readonly least_zoom: number;
  readonly most_zoom: number;
}

export const NO_GROUND: Ground = { lines: [], names: [] };

/** The smallest box around places; null around none. */
export function boxOf(places: readonly Place[]): Box | null {
  if (places.length === 0) return null;
  let [south, west, north, east] = [90, 180, -90, -180];
  for (const { lat, lon } of places) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
    west = Math.min(west, lon);
    east = Math.max(east, lon);
  }
  return { south, west, north, east };
}

/** Above nought where c lies left of the line from a to b, nought on it. */
function side(a: Place, b: Place, c: Place): number {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

function isWithin(a: Place, b: Place, c: Place): boolean {
  return (
    Math.min(a.lat, b.lat) <= c.lat &&
    c.lat <= Math.max(a.lat, b.lat) &&
    Math.min(a.lon, b.lon) <= c.lon &&
    c.lon <= Math.max(a.lon, b.lon)
  );
}

/** Whether the lines a-b and c-d have a point in common. */
function touch(a: Place, b: Place, c: Place, d: Place): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc === 0 && isWithin(a, b, c)) return true;
  if (abd === 0 && isWithin(a, b, d)) return true;
  if (cda === 0 && isWithin(c, d, a)) return true;
  if (cdb === 0 && isWithin(c, d, b)) return true;
  return abc * abd < 0 && cda * cdb < 0;
}

/** The first two sides of an area that cross, by the number of the corner each begins at; else null. */
export function crossing(corners: readonly Place[]): readonly [number, number] | null {
  const many = corners.length;
  const at = (n: number): Place => corners[n % many] as Place;
  for (let one = 0; one < many; one += 1) {
    for (let other = one + 2; other < many; other += 1) {
      // The last side and the first share a corner.
      if (one === 0 && other === many - 1) continue;
      if (touch(at(one), at(one + 1), at(other), at(other + 1))) return [one, other];
    }
  }
  return null;
}

/** Whether a place lies inside an area or on its edge. */
export function isInside(corners: readonly Place[], place: Place): boolean {
  let inside = false;
  corners.forEach((a, at) => {
    const b = corners[(at + 1) % corners.length] as Place;
    if (a.lat > place.lat === b.lat > place.lat) return;
    const left = side(a, b, place);
    if (b.lat > a.lat ? left > 0 : left < 0) inside = !inside;
  });
  return inside || isOnEdge(corners, place);
}

function isOnEdge(corners: readonly Place[], place: Place): boolean {
  return corners.some((a, at) => {
    const b = corners[(at + 1) % corners.length] as Place;
    return side(a, b, place) === 0 && isWithin(a, b, place);
  });
}
