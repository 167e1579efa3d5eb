/** How an alarm about a pair reads: who, and from where they set out. */
import { t } from '../../../lib/i18n.svelte';
import type { PairAlert } from './pair-alert.svelte';

export function namesOf(pair: PairAlert['pair']): string {
  return pair.map(({ name }) => name).join(` ${t('desk_visits.and')} `);
}

/** "Hulp gevraagd: Anna en Samira, vanuit De Schakel". */
export function alertWords({ kind, pair, caller, base }: PairAlert): string {
  const who = kind === 'help' && caller !== '' && pair.length > 1 ? caller : namesOf(pair);
  const words = t(`desk_watch.alert.${kind}`, { who });
  return base === '' ? words : `${words}, ${t('desk_watch.alert.from', { base })}`;
}
