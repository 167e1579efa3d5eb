/** What a phone shows its volunteer: stored dossiers with the waiting mutations laid over them. */
import { bodyOf, shownMutations, theOverlay } from '../../src/store/overlaid';
import type { Store } from '../../src/store/types';
import type { Id, RoundBody, Shown } from '../../src/sync/wire';
import { must } from '../phone';
import { dossiersOn } from './phones';

/** Outcomes without details. */
export const outcomes = ['not_home', 'leaflet', 'no_access', 'spoke_briefly', 'empty'] as const;
export const domains = ['money_and_schemes', 'social_contacts'] as const;
export const statuses = ['open', 'partly', 'done'] as const;

export interface Screen {
  readonly round: RoundBody | null;
  readonly stops: Shown<'stop'>[];
  readonly households: Shown<'household'>[];
  /** The plan's id that the household's stop reserves. */
  readonly reservedPlan: (householdId: Id) => Id | null;
}

/** Everything that the screens of this phone could show now, of the first so many doors. */
export async function screenOf(store: Store, doors: number): Promise<Screen> {
  const dossiers = await dossiersOn(store);
  const stored = new Map(dossiers.map((dossier) => [dossier.id, dossier]));
  const mutations = shownMutations(await must(store.entries()));
  const show = <K extends 'round' | 'stop' | 'household'>(kind: K, ids: Iterable<Id>): Shown<K>[] =>
    [...new Set(ids)].sort().flatMap((id): Shown<K>[] => {
      const at = { me: store.accountId, stored: (other: Id) => stored.get(other) };
      const body = theOverlay().show(kind, id, bodyOf(kind, stored.get(id)), mutations, at);
      return body === null ? [] : [{ id, body }];
    });
  const of = (kind: string): Id[] =>
    dossiers.filter((one) => one.kind === kind).map(({ id }) => id);
  const stops = show('stop', of('stop')).slice(0, doors);
  const reserved = stops.map(({ body }) => body.reserved);
  const household = [...of('household'), ...reserved.map(({ household_id }) => household_id)];
  return {
    round: show('round', of('round'))[0]?.body ?? null,
    stops,
    households: show('household', household),
    reservedPlan: (id) => reserved.find((one) => one.household_id === id)?.plan_id ?? null,
  };
}
