/** A search is followed until it ends; leaving the screen stops the following, never the search. */
import { ports, type Timer } from '../../../lib/ports';
import { readPlan } from './requests';
import type { Board } from './shapes';

export const EVERY_MILLISECONDS = 1000;

export class FollowedSearch {
  /** The line is gone for now; it is asked again all the same. */
  silent = $state(false);
  private timer: Timer | null = null;
  private left = false;

  constructor(private readonly onheard: (plan: Board) => void) {}

  /** Ask again in a moment, for as long as it searches. */
  follow(plan: Board): void {
    if (this.timer !== null) ports.timers.clear(this.timer);
    this.timer = null;
    if (this.left || plan.state !== 'searching') return;
    this.timer = ports.timers.set(() => void this.ask(plan), EVERY_MILLISECONDS);
  }

  stop(): void {
    this.left = true;
    if (this.timer !== null) ports.timers.clear(this.timer);
  }

  private async ask(plan: Board): Promise<void> {
    const answer = await readPlan(plan.id);
    if (this.left) return;
    this.silent = !answer.ok;
    if (answer.ok) this.onheard(answer.value);
    this.follow(answer.ok ? answer.value : plan);
  }
}
