/** What is wrong with a pair before the server is asked: the rules that a supervisor can see at once. */
import type { PairDraft } from './draft.svelte';
import type { Person } from './shapes';

/** Keys of `desk_planning.pair.<code>`. */
export type PairFault = 'same' | 'twice' | 'uncleared' | 'needs_mentor';

/** Everything that is wrong with the pair at `place`, in a fixed order. */
export function faultsOfPair(
  pairs: readonly PairDraft[],
  place: number,
  people: ReadonlyMap<string, Person>,
  date: string,
): PairFault[] {
  const pair = pairs[place];
  if (pair === undefined) return [];
  const ids = [pair.first, pair.second].filter((id) => id !== '');
  const both = ids.map((id) => people.get(id)).filter((one) => one !== undefined);
  const elsewhere = pairs.filter((_, index) => index !== place);
  const taken = elsewhere.some(({ first, second }) => ids.includes(first) || ids.includes(second));
  const uncleared = both.some(({ cleared_until: until }) => until === null || until < date);
  const isNew = both.some(({ starts_with_mentor: one }) => one);
  const alone = ids.length === 2 && isNew && !both.some(({ mentor }) => mentor);
  const found: [PairFault, boolean][] = [
    ['same', ids.length === 2 && ids[0] === ids[1]],
    ['twice', taken],
    ['uncleared', uncleared],
    ['needs_mentor', alone],
  ];
  return found.filter(([, wrong]) => wrong).map(([code]) => code);
}
