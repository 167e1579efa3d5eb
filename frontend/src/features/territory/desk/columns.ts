/** The columns of an address list, and why a row was refused, as people read them. */
import { hasText, t } from '../../../lib/i18n.svelte';

const ORDER = [
  'street',
  'house_number',
  'house_letter',
  'house_suffix',
  'postcode',
  'city',
  'entrance',
  'use',
  'lat',
  'lon',
  'bag_id',
];

/** As people write an address, whatever order they came in; what we do not know comes last. */
export function inOrder(columns: readonly string[]): string[] {
  const place = (column: string): number => {
    const found = ORDER.indexOf(column);
    return found === -1 ? ORDER.length : found;
  };
  return [...columns].sort((a, b) => place(a) - place(b));
}

/** What a column is called. */
export function wordsOf(column: string): string {
  const key = `desk_territory.column.${column}`;
  return hasText(key) ? t(key) : column;
}

/** Why a row was refused: the server's code in words. */
export function reasonOf(code: string): string {
  const key = `territory.refusal.${code}`;
  return hasText(key) ? t(key) : code.replaceAll('-', ' ');
}
