/** What a pair says about being out; each answers `ok` once it is on the phone's disk. */
import { ports } from '../../lib/ports';
import { record, type Saved } from '../../sync/record';
import type { Draft, MutationBodies } from '../../sync/wire';
import type { RoundItem } from './phone/doors';
import { untilFrom, untilLonger, watchOf } from './out';

/** *We beginnen*. */
export function startRound({ id, body }: RoundItem): Promise<Saved> {
  const until = untilFrom(body, ports.clock.now());
  return record({ kind: 'round.start', dossier_id: id, body: { until } });
}

/** *We zijn er nog*: half an hour more. */
export function extendRound({ id, body }: RoundItem): Promise<Saved> {
  const until = untilLonger(body, ports.clock.now());
  return record({ kind: 'round.extend', dossier_id: id, body: { until } });
}

/** *We zijn klaar*. A door that checked them in is said along: both phones then show the same. */
export function finishRound({ id }: RoundItem): Promise<Saved> {
  return record({ kind: 'round.finish', dossier_id: id, body: {} });
}

/** Take back one of the three; `before` is the round as it was shown then. */
export function takeBackOut(
  before: RoundItem,
  what: MutationBodies['round.take_back']['what'],
): Promise<Saved> {
  const until = what === 'extend' ? watchOf(before.body).until : '';
  const draft: Draft = { kind: 'round.take_back', dossier_id: before.id, body: { what, until } };
  return record(draft);
}
