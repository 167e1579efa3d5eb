/** Telephone numbers as links. */

/** Digits, and a plus in front; the zero of "+31 (0)99" is not dialled. */
function dialable(number: string): string {
  const written = number.trim();
  const abroad = written.startsWith('+') ? written.replace('(0)', '') : written;
  return abroad.replace(/(?!^\+)\D/g, '');
}

/** Where a call goes. */
export function callTo(number: string): string {
  return `tel:${dialable(number)}`;
}

/**
 * Does this phone dial a code such as `#31#` from a link? An iPhone does not, encoded or not: its Phone
 * app leaves a number with * or # alone (Apple, "Apple URL Scheme Reference", Phone Links).
 */
export function dialsCodes(): boolean {
  return !navigator.userAgent.includes('iPhone');
}

/** Where a call to a resident goes: `#31#` in front, so that they do not see the volunteer's number. */
export function hiddenCall(number: string): string {
  return `tel:%2331%23${dialable(number)}`;
}
