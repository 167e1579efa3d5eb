/** The order of doors while it is changed: pure moves on a list. */

/** Move the item at `from` to stand at `to`; out of range stays as it is. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  if (from === to || from < 0 || to < 0 || from >= copy.length || to >= copy.length) return copy;
  copy.splice(to, 0, ...copy.splice(from, 1));
  return copy;
}

/** Without the item at `index`. */
export function dropped<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, place) => place !== index);
}

/** Are these the same things in the same order? */
export function sameOrder(
  left: readonly { readonly id: string }[],
  right: readonly { readonly id: string }[],
): boolean {
  return left.length === right.length && left.every(({ id }, index) => id === right[index]?.id);
}
