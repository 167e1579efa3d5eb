/** The moment by which the phone judges whether its pair should be back: it goes on by itself. */
import { ports, type Timer } from '../../../lib/ports';

const EVERY_MILLISECONDS = 20_000;

export class OutClock {
  now = $state.raw(ports.clock.now());
  private timer: Timer | null = null;

  /** Go on, as long as somebody looks; gives the end of it. */
  run(): () => void {
    const tick = (): void => {
      this.now = ports.clock.now();
      this.timer = ports.timers.set(tick, EVERY_MILLISECONDS);
    };
    tick();
    return () => {
      if (this.timer !== null) ports.timers.clear(this.timer);
      this.timer = null;
    };
  }
}
