/** The board on screen: asked every quarter of a minute while it is in sight, kept without a line. */
import type { Problem } from '../../../api/client';
import { ports, type Timer } from '../../../lib/ports';
import { heardOfPairs } from '../../access/desk/pair-alert.svelte';
import { readBoard, type BoardShown } from './requests';

const EVERY_MILLISECONDS = 15_000;

export class LiveBoard {
  shown: BoardShown | null = $state.raw(null);
  /** When the server last said that this is how it is. */
  heardAt: Date | null = $state.raw(null);
  now = $state.raw(ports.clock.now());
  /** The last asking failed: what stands may be old. */
  problem: Problem | null = $state.raw(null);
  private tag = '';
  private busy = false;
  private timer: Timer | null = null;

  /** Ask now; what stands stays when the line is gone. */
  async ask(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const answer = await readBoard(this.tag);
    this.busy = false;
    this.now = ports.clock.now();
    if (!answer.ok) {
      this.problem = answer.error;
      return;
    }
    this.problem = null;
    this.heardAt = this.now;
    if (answer.value === null) return;
    this.tag = answer.value.tag;
    this.shown = answer.value.value;
    heardOfPairs(this.shown.alerts);
  }

  /** Go on asking, as long as the page is in sight; gives the end of it. */
  run(): () => void {
    const tick = (): void => {
      this.now = ports.clock.now();
      if (document.visibilityState === 'visible') void this.ask();
      this.timer = ports.timers.set(tick, EVERY_MILLISECONDS);
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void this.ask();
    };
    document.addEventListener('visibilitychange', seen);
    tick();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      if (this.timer !== null) ports.timers.clear(this.timer);
      this.timer = null;
    };
  }
}
