/** How an incident stands, in words. */
import { formatInstant } from '../../../lib/dates';
import { t } from '../../../lib/i18n.svelte';
import type { IncidentLine } from './requests';

export const kindWord = (kind: string): string => t(`desk_incidents.kind.${kind}`);

/** Waits, somebody will call, was called, or is closed: what comes first stands first in the list. */
export function standing({ taken_by, called_at, closed_at }: IncidentLine): number {
  if (closed_at !== null) return 3;
  if (called_at !== null) return 2;
  return taken_by === null ? 0 : 1;
}

export function standingWord(line: IncidentLine): string {
  if (line.closed_at !== null) return t('desk_incidents.closed');
  if (line.called_at !== null)
    return t('desk_incidents.called_by', {
      name: line.called_by ?? '',
      at: formatInstant(line.called_at),
    });
  return line.taken_by === null
    ? t('desk_incidents.waits')
    : t('desk_incidents.taken_by', { name: line.taken_by });
}
