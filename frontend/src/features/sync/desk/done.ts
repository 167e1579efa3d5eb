/** What was settled a moment ago: said once, on the list that it leads back to. */
import { t } from '../../../lib/i18n.svelte';
import type { Settled } from './requests';
import { MOVED_HERE } from './words';

let done: Settled | null = null;

/** The list says so when it stands. */
export function tellOnTheList(settled: Settled): void {
  done = settled;
}

/** What there is to say, in words; the next who asks hears nothing. */
export function toldOnTheList(): string {
  const taken = done;
  done = null;
  if (taken === null) return '';
  const about = taken.reason === MOVED_HERE ? 'moved_here' : 'done';
  const became = taken.state === 'applied' ? 'applied' : 'discarded';
  return t(`desk_quarantine.${about}.${became}`, { name: taken.author });
}
