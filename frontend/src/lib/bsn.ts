/**
 * Points out citizen service numbers (BSN) in free text, so that nobody stores one by habit.
 * A BSN has nine digits that pass the "elfproef": 9a+8b+7c+6d+5e+4f+3g+2h-i is a multiple of 11.
 * People write them in groups, so spaces, dots and dashes between groups are seen through.
 */

/** Half-open range of characters: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const LENGTH = 9;
const GAP = /^[\s.-]{1,2}$/;

/** Does this string of exactly nine digits pass the check? All zeroes pass the sum but are no BSN. */
export function isBsn(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || digits === '000000000') return false;
  const sum = Array.from(digits, Number).reduce(
    (total, digit, index) => total + digit * (index === 8 ? -1 : 9 - index),
    0,
  );
  return sum % 11 === 0;
}

/** Groups of digits. Loops, not lookbehind: iPhones before iOS 16.4 cannot parse that. */
function digitGroups(text: string): Span[] {
  return Array.from(text.matchAll(/\d+/g), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The end of a BSN that starts with group `first`, or undefined. */
function bsnEnd(text: string, groups: readonly Span[], first: number): number | undefined {
  let digits = '';
  for (const [offset, group] of groups.slice(first).entries()) {
    const before = groups[first + offset - 1];
    if (offset > 0 && before && !GAP.test(text.slice(before.end, group.start))) return undefined;
    digits += text.slice(group.start, group.end);
    if (digits.length > LENGTH) return undefined;
    if (digits.length === LENGTH) return isBsn(digits) ? group.end : undefined;
  }
  return undefined;
}

/** Where in `text` a number stands that could be a BSN; the spans are in order, never overlapping. */
export function findBsns(text: string): Span[] {
  const groups = digitGroups(text);
  const found: Span[] = [];
  for (const [index, group] of groups.entries()) {
    if (group.start < (found.at(-1)?.end ?? 0)) continue;
    const end = bsnEnd(text, groups, index);
    if (end !== undefined) found.push({ start: group.start, end });
  }
  return found;
}

export function containsBsn(text: string): boolean {
  return findBsns(text).length > 0;
}
