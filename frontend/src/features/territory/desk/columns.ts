/** What a column of an address list is called on screen. */
import { hasText, t } from '../../../lib/i18n.svelte';

export function wordsOf(column: string): string {
  const key = `desk_territory.column.${column}`;
  return hasText(key) ? t(key) : column;
}

/** Why a row was refused: the server's code in words. */
export function reasonOf(code: string): string {
  const key = `territory.refusal.${code}`;
  return hasText(key) ? t(key) : code.replaceAll('-', ' ');
}
