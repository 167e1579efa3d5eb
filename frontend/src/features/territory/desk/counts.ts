/** The figures of an import as people read them: the ones named add up to what was read. */
import { formatDayLong } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { ImportResult } from './requests';

/** Rows that were not taken: doubles, and those with a fault. */
export function leftOut({ doubles, refused }: ImportResult): number {
  return doubles + refused;
}

/** "Gelezen: 15. Nieuw: 5. … Niet overgenomen: 5 (dubbel: 3, met een fout: 2)." */
export function countWords(result: ImportResult): string {
  const { read, imported, changed, unchanged, doubles, refused } = result;
  const figures = { read, imported, changed, unchanged, doubles, refused };
  return t('desk_territory.counts', { ...figures, left_out: leftOut(result) });
}

/** Of which day a BAG extract is, and what of it does not count today. */
export function extractWords({ as_of: asOf = '', past = 0 }: ImportResult): string {
  const dated = /^\d{4}-\d{2}-\d{2}$/.test(asOf);
  const day = dated
    ? t('desk_territory.extract', { date: formatDayLong(asOf) })
    : t('desk_territory.extract_undated');
  return past > 0 ? `${day} ${t('desk_territory.extract_past', { count: past })}` : day;
}

/** Whether everything stood there already, rather than that nothing could be taken. */
export function isKnown({ imported, changed, refused }: ImportResult): boolean {
  return imported + changed + refused === 0;
}
