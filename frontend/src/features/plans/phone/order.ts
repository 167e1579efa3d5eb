/** Order in a list that two phones may write in: positions can be equal, ids decide then. */

interface Placed {
  readonly id: string;
  readonly position: number;
}

export interface Move<T> {
  readonly item: T;
  readonly position: number;
}

/** What must be said to put one item a place up (-1) or down (1): only those whose place changes. */
export function moves<T extends Placed>(items: readonly T[], id: string, by: -1 | 1): Move<T>[] {
  const from = items.findIndex((item) => item.id === id);
  const to = from + by;
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [];
  const rest = items.filter((other) => other !== item);
  const next = [...rest.slice(0, to), item, ...rest.slice(to)];
  return next
    .map((one, position) => ({ item: one, position }))
    .filter((move) => move.item.position !== move.position);
}
