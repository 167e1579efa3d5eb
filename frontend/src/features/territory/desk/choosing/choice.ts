/** A choice of doors, on the map and in the list at once. Pure: each act gives another choice. */
import { isInside, type Place } from '../../../../ui/map/places';
import { isChosen as isListed, keyOf } from '../chosen';
import type { StreetName } from '../requests';

export type Corner = readonly [lat: number, lon: number];

/** As the server wants it. */
export interface Choice {
  readonly streets: readonly StreetName[];
  readonly postcodes: readonly string[];
  readonly areas: readonly { readonly corners: readonly Corner[] }[];
  /** Ids of single doors. */
  readonly added: readonly string[];
  readonly left_out: readonly string[];
  readonly homes_only: boolean;
  readonly visited_months: number | null;
}

/** What is known of a door on the map. */
export interface ChoosableDoor extends Place, StreetName {
  readonly id: string;
  readonly postcode: string;
}

export const NOTHING: Choice = {
  streets: [],
  postcodes: [],
  areas: [],
  added: [],
  left_out: [],
  homes_only: false,
  visited_months: null,
};

export function isEmpty({ streets, postcodes, areas, added }: Choice): boolean {
  return streets.length + postcodes.length + areas.length + added.length === 0;
}

export const cornersOf = (places: readonly Place[]): Corner[] =>
  places.map(({ lat, lon }) => [lat, lon]);
export const placesOf = (corners: readonly Corner[]): Place[] =>
  corners.map(([lat, lon]) => ({ lat, lon }));

function toggled<Item>(list: readonly Item[], item: Item): Item[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}

export function toggleStreet(choice: Choice, { city, street }: StreetName): Choice {
  const name = { city, street };
  const streets = isListed(choice.streets, name)
    ? choice.streets.filter((one) => keyOf(one) !== keyOf(name))
    : [...choice.streets, name];
  return { ...choice, streets };
}

export function addStreets(choice: Choice, streets: readonly StreetName[]): Choice {
  const more = streets.filter((street) => !isListed(choice.streets, street));
  return {
    ...choice,
    streets: [...choice.streets, ...more.map(({ city, street }) => ({ city, street }))],
  };
}

export function togglePostcode(choice: Choice, postcode: string): Choice {
  return { ...choice, postcodes: toggled(choice.postcodes, postcode) };
}

export function addArea(choice: Choice, corners: readonly Place[]): Choice {
  return { ...choice, areas: [...choice.areas, { corners: cornersOf(corners) }] };
}

export function changeArea(choice: Choice, nth: number, corners: readonly Place[]): Choice {
  const areas = choice.areas.map((area, at) =>
    at === nth ? { corners: cornersOf(corners) } : area,
  );
  return { ...choice, areas };
}

export function dropArea(choice: Choice, nth: number): Choice {
  return { ...choice, areas: choice.areas.filter((_, at) => at !== nth) };
}

/** Whether a door is chosen with its street, its postcode, an area, or by itself. */
function isAmong(choice: Choice, door: ChoosableDoor): boolean {
  return (
    isListed(choice.streets, door) ||
    choice.postcodes.includes(door.postcode) ||
    choice.added.includes(door.id) ||
    choice.areas.some(({ corners }) => isInside(placesOf(corners), door))
  );
}

export type DoorState = 'chosen' | 'left_out' | 'other';

/** What a door is, as far as a desk can tell: who was visited or is held only the server knows. */
export function stateOf(choice: Choice, door: ChoosableDoor): DoorState {
  if (choice.left_out.includes(door.id)) return 'left_out';
  return isAmong(choice, door) ? 'chosen' : 'other';
}

/** A door was pressed: take it in, or leave it out. */
export function toggleDoor(choice: Choice, door: ChoosableDoor): Choice {
  const { added, left_out: leftOut } = choice;
  if (leftOut.includes(door.id)) return { ...choice, left_out: toggled(leftOut, door.id) };
  if (added.includes(door.id)) return { ...choice, added: toggled(added, door.id) };
  if (isAmong(choice, door)) return { ...choice, left_out: [...leftOut, door.id] };
  return { ...choice, added: [...added, door.id] };
}

/** A postcode as the register writes it, when this is one. */
export function postcodeIn(text: string): string | null {
  const found = /^\s*([1-9]\d{3})\s*([a-z]{2})\s*$/i.exec(text);
  return found ? `${found[1] ?? ''}${(found[2] ?? '').toUpperCase()}` : null;
}
