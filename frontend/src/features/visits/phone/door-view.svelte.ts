/** What the screens of one door share: the door, its round, and the way back to the list. */
import { dayPartOf, today } from '../../../lib/dates';
import { pathTo } from '../../../lib/paths';
import { ports } from '../../../lib/ports';
import type { RoundBody } from '../../../store/dossiers';
import { liveDossier, liveDossiers } from '../../../store/live.svelte';
import { sortRounds, walkList, type Door } from './doors';

export interface DoorView {
  readonly door: Door | null;
  readonly round: RoundBody | null;
  /** The other doors of its round, this one among them. */
  readonly doors: readonly Door[];
  /** The list this door is on: *Vandaag*, or the round's own screen. */
  readonly list: string;
  /** Is its round closed? Then nothing can be corrected. */
  readonly closed: boolean;
  readonly ready: boolean;
}

/** Look at one door, live. */
export function viewDoor(stopId: string): DoorView {
  const stop = liveDossier('stop', stopId);
  const stops = liveDossiers('stop');
  const rounds = liveDossiers('round');
  const door = $derived(
    stop.body === null ? null : { id: stopId, body: stop.body, pending: stop.pending },
  );
  const item = $derived(rounds.items.find(({ id }) => id === stop.body?.round_id));
  const doors = $derived(item === undefined ? [] : walkList(item.body, stops.items).doors);
  const list = $derived.by(() => {
    const { now } = sortRounds(rounds.items, today(), dayPartOf(ports.clock.now()));
    if (item === undefined || now?.id === item.id) return '/';
    return pathTo('/round/:roundId', { roundId: item.id });
  });
  return {
    get door() {
      return door;
    },
    get round() {
      return item?.body ?? null;
    },
    get doors() {
      return doors;
    },
    get list() {
      return list;
    },
    get closed() {
      return item?.body.state === 'closed';
    },
    get ready() {
      return stop.ready && rounds.ready && stops.ready;
    },
  };
}
