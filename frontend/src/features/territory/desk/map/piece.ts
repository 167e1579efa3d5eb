/** A piece of the map as the server told it, in other forms. Pure. */
import { drawnGround } from '../../../../ui/map/ground';
import type { Ground, Place } from '../../../../ui/map/places';
import type { StreetName } from '../requests';
import type { Piece } from './requests';

export interface Door extends Place, StreetName {
  readonly id: string;
  readonly number: string;
  readonly postcode: string;
}

/** Its doors one by one. */
export function doorsOf({ doors, streets }: Piece): Door[] {
  return doors.ids.flatMap((id, at) => {
    const [lat, lon, number] = [doors.lats[at], doors.lons[at], doors.numbers[at]];
    const street = streets[doors.streets[at] ?? -1];
    if (lat === undefined || lon === undefined || number === undefined || !street) return [];
    const postcode = doors.postcodes[at] ?? '';
    return [{ id, lat, lon, number, postcode, city: street.city, street: street.street }];
  });
}

/** Its streets drawn from their doors; where doors are too many, only their names. */
export function groundOf(piece: Piece): Ground {
  const byStreet = piece.streets.map(({ street }) => ({ name: street, doors: [] as Place[] }));
  piece.doors.ids.forEach((_, at) => {
    const [lat, lon] = [piece.doors.lats[at], piece.doors.lons[at]];
    if (lat === undefined || lon === undefined) return;
    byStreet[piece.doors.streets[at] ?? -1]?.doors.push({ lat, lon });
  });
  const { lines, names } = drawnGround(byStreet);
  if (piece.doors.ids.length > 0) return { lines, names };
  return {
    lines: [],
    names: piece.streets.map(({ street, lat, lon }) => ({ name: street, lat, lon })),
  };
}
