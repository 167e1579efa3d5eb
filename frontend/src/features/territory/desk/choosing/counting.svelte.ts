/** Counts a choice while it is made: the last one asked for is the one that shows. */
import { ports, type Timer } from '../../../../lib/ports';
import { faultsOf, messageOf } from '../../../access/desk/faults';
import { isEmpty, type Choice } from './choice';
import { countDoors, type Counts } from './requests';

const PAUSE = 250;

export class Counting {
  counts: Counts | null = $state.raw(null);
  /** What is wrong with the choice, in words; and whether it is still being counted. */
  wrong: readonly string[] = $state.raw([]);
  busy = $state(false);
  private timer: Timer | null = null;
  private asked = 0;

  /** Count this choice soon. */
  of(choice: Choice, until: string): void {
    if (this.timer !== null) ports.timers.clear(this.timer);
    this.asked += 1;
    if (isEmpty(choice)) {
      this.counts = null;
      this.wrong = [];
      this.busy = false;
      return;
    }
    this.busy = true;
    this.timer = ports.timers.set(() => void this.ask(choice, until), PAUSE);
  }

  stop(): void {
    if (this.timer !== null) ports.timers.clear(this.timer);
    this.asked += 1;
  }

  private async ask(choice: Choice, until: string): Promise<void> {
    const mine = this.asked;
    const answer = await countDoors(choice, until);
    if (mine !== this.asked) return;
    this.busy = false;
    if (answer.ok) {
      this.counts = answer.value;
      this.wrong = [];
      return;
    }
    this.counts = null;
    const faults = faultsOf(answer.error).map(({ message }) => message);
    this.wrong = faults.length > 0 ? [...new Set(faults)] : [messageOf(answer.error)];
  }
}
