/** Which hand-overs a coach looks at. Remembered on this device; nothing about a person is in it. */
import type { Urgency, Waiting } from './requests';
import { pressing } from './words';

const REMEMBERED = 'voordeur.handovers';

export type Whose = 'all' | 'nobody' | 'taken';
export interface Filter {
  readonly closed: boolean;
  readonly urgency: Urgency | 'all';
  readonly whose: Whose;
}

export const EVERYTHING: Filter = { closed: false, urgency: 'all', whose: 'all' };
const URGENCIES: readonly string[] = ['crisis', 'soon', 'ordinary', 'all'];
const OWNERS: readonly string[] = ['all', 'nobody', 'taken'];

/** What was remembered, as far as it still makes sense. */
export function readFilter(text: string | null): Filter {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<Record<keyof Filter, unknown>>;
    const urgency = URGENCIES.find((one) => one === kept.urgency) ?? 'all';
    const whose = OWNERS.find((one) => one === kept.whose) ?? 'all';
    return {
      closed: kept.closed === true,
      urgency: urgency as Filter['urgency'],
      whose: whose as Whose,
    };
  } catch {
    return EVERYTHING;
  }
}

/** The lines that pass, in the server's order. */
export function passing(lines: readonly Waiting[], filter: Filter): Waiting[] {
  return lines.filter((line) => {
    if (filter.urgency !== 'all' && pressing(line) !== filter.urgency) return false;
    if (filter.whose === 'nobody') return line.coach === null;
    return filter.whose === 'all' || line.coach !== null;
  });
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    // Private windows refuse storage: the filter then lasts as long as the screen.
    return null;
  }
}

export function rememberedFilter(): Filter {
  return readFilter(storage()?.getItem(REMEMBERED) ?? null);
}

export function rememberFilter(filter: Filter): void {
  try {
    storage()?.setItem(REMEMBERED, JSON.stringify(filter));
  } catch {
    // A full storage is no reason to stop somebody's work.
  }
}
