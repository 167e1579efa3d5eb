/** A choice of streets: kept in order of choosing, each once. Pure. */
import type { Street, StreetName } from './requests';

export function keyOf({ city, street }: StreetName): string {
  return `${city}\n${street}`;
}

export function isChosen(chosen: readonly StreetName[], street: StreetName): boolean {
  const key = keyOf(street);
  return chosen.some((one) => keyOf(one) === key);
}

export function withStreets(chosen: readonly Street[], more: readonly Street[]): Street[] {
  return [...chosen, ...more.filter((street) => !isChosen(chosen, street))];
}

export function withoutStreet(chosen: readonly Street[], street: StreetName): Street[] {
  const key = keyOf(street);
  return chosen.filter((one) => keyOf(one) !== key);
}

export function doorsIn(chosen: readonly Street[]): number {
  return chosen.reduce((total, { doors }) => total + doors, 0);
}
