/**
 * From degrees to the picture: small areas are flat, so a degree of longitude is a degree of
 * latitude times the cosine of where one is. North is up. No tiles, no host, no library.
 */

export interface Spot {
  readonly lat: number;
  readonly lon: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** What is in sight: the middle, and how many pixels a degree of latitude is. */
export interface View {
  readonly lat: number;
  readonly lon: number;
  readonly scale: number;
}

/** One street is not blown up to fill the screen: 2,000,000 pixels a degree is 18 a metre. */
const CLOSEST = 2_000_000;
/** A whole country on one picture is far enough. */
const FARTHEST = 100;
const METRES_A_DEGREE = 111_320;
const EVEN_LATITUDE = 52;

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function narrowing(lat: number): number {
  return Math.cos((lat * Math.PI) / 180);
}

/** The view that shows all of these, with air around them. */
export function viewOf(spots: readonly Spot[], size: Size, air = 32): View {
  if (spots.length === 0) return { lat: EVEN_LATITUDE, lon: 5, scale: FARTHEST };
  const lats = spots.map(({ lat }) => lat);
  const lons = spots.map(({ lon }) => lon);
  const [south, north, west, east] = [
    extreme(lats, -1),
    extreme(lats, 1),
    extreme(lons, -1),
    extreme(lons, 1),
  ];
  const lat = (south + north) / 2;
  const high = Math.max(north - south, 1e-9);
  const wide = Math.max((east - west) * narrowing(lat), 1e-9);
  const scale = Math.min(
    Math.max(size.height - 2 * air, 1) / high,
    Math.max(size.width - 2 * air, 1) / wide,
  );
  return { lat, lon: (west + east) / 2, scale: clamp(scale, FARTHEST, CLOSEST) };
}

function extreme(values: readonly number[], sign: 1 | -1): number {
  return values.reduce((found, value) => ((value - found) * sign > 0 ? value : found));
}

/** Where a spot is drawn. */
export function pixelOf({ lat, lon }: Spot, view: View, size: Size): Pixel {
  return {
    x: size.width / 2 + (lon - view.lon) * narrowing(view.lat) * view.scale,
    y: size.height / 2 - (lat - view.lat) * view.scale,
  };
}

/** Nearer or farther, with what stands at `around` staying where it is. */
export function zoomed(view: View, times: number, size: Size, around?: Pixel): View {
  const scale = clamp(view.scale * times, FARTHEST, CLOSEST);
  const { x, y } = around ?? { x: size.width / 2, y: size.height / 2 };
  const [right, down] = [x - size.width / 2, y - size.height / 2];
  const less = 1 / view.scale - 1 / scale;
  return {
    lat: view.lat - down * less,
    lon: view.lon + (right * less) / narrowing(view.lat),
    scale,
  };
}

/** Shoved by so many pixels, as paper under a hand. */
export function shoved(view: View, by: Pixel): View {
  return {
    ...view,
    lat: view.lat + by.y / view.scale,
    lon: view.lon - by.x / (view.scale * narrowing(view.lat)),
  };
}

/** Which of these is nearest to a pixel and within `reach`; null where there is nothing. */
export function nearest<T extends Spot>(
  spots: readonly T[],
  at: Pixel,
  view: View,
  size: Size,
  reach = 18,
): T | null {
  let found: T | null = null;
  let least = reach * reach;
  for (const spot of spots) {
    const { x, y } = pixelOf(spot, view, size);
    const far = (x - at.x) ** 2 + (y - at.y) ** 2;
    if (far <= least) [found, least] = [spot, far];
  }
  return found;
}

/** A round length for the scale bar: metres, and how many pixels that is here. */
export function scaleBar(view: View, most = 120): { metres: number; pixels: number } {
  const pixelsAMetre = view.scale / METRES_A_DEGREE;
  const room = most / pixelsAMetre;
  const power = 10 ** Math.floor(Math.log10(room));
  const metres = [5, 2, 1].map((times) => times * power).find((one) => one <= room) ?? power;
  return { metres, pixels: metres * pixelsAMetre };
}
