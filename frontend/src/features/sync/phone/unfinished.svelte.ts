/**
 * Half-filled forms of this phone. They wait for whoever began them, not for a line: the light does
 * not count them, the screen behind it says that they are here. A worry is counted, never named.
 */
import { LiveSource } from '../../../store/live-source.svelte';
import { NOTHING, readUnfinished, type Unfinished } from '../../../store/unfinished';

/** Live; make it while a component starts. */
export function liveUnfinished(): LiveSource<Unfinished> {
  return new LiveSource(NOTHING, readUnfinished);
}
