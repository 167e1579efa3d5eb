/** The doors and streets of a piece of the map, as marks that say whether they are chosen. Pure. */
import { t } from '../../../../lib/i18n.svelte';
import type { MapPoint } from '../../../../ui/map/places';
import { isChosen, keyOf } from '../chosen';
import { doorsOf, type Door } from '../map/piece';
import type { Piece } from '../map/requests';
import { stateOf, type Choice, type DoorState } from './choice';

const LOOKS: Readonly<Record<DoorState, Pick<MapPoint, 'colour' | 'shape' | 'hollow'>>> = {
  chosen: { colour: '--voordeur-accent', shape: 'circle' },
  left_out: { colour: '--voordeur-attention', shape: 'cross' },
  other: { colour: '--voordeur-line-strong', shape: 'circle', hollow: true },
};
/** Far out doors are small, or they would hide the streets they stand in. */
const DOOR_SIZES: readonly (readonly [zoom: number, size: number])[] = [
  [18, 7],
  [17, 5],
  [16, 4],
];
const SMALLEST_DOOR = 3;
const SMALLEST = 6;
const LARGEST = 20;

function doorPoint(choice: Choice, door: Door, zoom: number): MapPoint {
  const size = DOOR_SIZES.find(([from]) => zoom >= from)?.[1] ?? SMALLEST_DOOR;
  const state = stateOf(choice, door);
  const { id, lat, lon } = door;
  const label = `${door.street} ${door.number}: ${t(`desk_choosing.state.${state}`)}`;
  return { id, lat, lon, label, ...LOOKS[state], size };
}

/** Doors where there is room for them, else streets, larger where there are more doors. */
export function pointsOf(piece: Piece, choice: Choice, zoom: number): MapPoint[] {
  if (piece.doors.ids.length > 0) {
    return doorsOf(piece).map((door) => doorPoint(choice, door, zoom));
  }
  return piece.streets.map((street) => {
    const state = isChosen(choice.streets, street) ? 'chosen' : 'other';
    const doors = t('desk_territory.doors', { count: street.doors });
    return {
      id: keyOf(street),
      lat: street.lat,
      lon: street.lon,
      label: `${street.street}, ${doors}: ${t(`desk_choosing.state.${state}`)}`,
      ...LOOKS[state],
      shape: 'hexagon',
      size: Math.min(LARGEST, SMALLEST + Math.sqrt(street.doors)),
      ...(street.doors > 9 ? { text: String(street.doors) } : {}),
    };
  });
}
