/** Pieces of the map, and what lies under it. */
import { get } from '../../../../api/client';
import type { Background, Box, View } from '../../../../ui/map/places';
import type { Answer } from '../../../access/desk/requests';
import type { StreetName } from '../requests';

/** A street as far as it is on this piece, and the middle of its doors there. */
export interface StreetPoint extends StreetName {
  readonly doors: number;
  readonly lat: number;
  readonly lon: number;
}

/** Doors by column: the first of each belong together; `streets` counts in the list of streets. */
export interface DoorColumns {
  readonly ids: readonly string[];
  readonly lats: readonly number[];
  readonly lons: readonly number[];
  readonly numbers: readonly string[];
  readonly postcodes: readonly string[];
  readonly streets: readonly number[];
}

export interface Piece {
  readonly count: number;
  readonly streets: readonly StreetPoint[];
  /** Streets for which there was no room. */
  readonly left_out: number;
  /** Empty where they are too many. */
  readonly doors: DoorColumns;
}

const DIGITS = 6;

/** What there is on a piece of the map. */
export function readPiece(view: View): Answer<Piece> {
  const edges = (['south', 'west', 'north', 'east'] as const).map(
    (side) => `${side}=${view[side].toFixed(DIGITS)}`,
  );
  return get(`/address-points?${edges.join('&')}&zoom=${String(Math.floor(view.zoom))}`);
}

/** `town` is where all addresses lie; null where none has a place. */
export interface Under {
  readonly tiles: Background | null;
  readonly town: Box | null;
}

export const readBackground = (): Answer<Under> => get('/map-background');
