/** How the letter looks on paper, drawn anew a moment after the last letter was typed. */
import type { Problem } from '../../../api/client';
import { ports, type Timer } from '../../../lib/ports';
import { previewLetter, type LetterBody, type LetterPages } from './requests';

/** Long enough not to draw every letter, short enough to be there when one looks up. */
export const PAUSE_MILLISECONDS = 600;

export class LetterPreview {
  /** The last pages there were; they stay while the text does not fit. */
  shown: LetterPages | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  busy = $state(false);
  private asked = 0;
  private timer: Timer | null = null;

  constructor(private readonly campaignId: string) {}

  /** Draw this in a moment, unless something else is typed first. */
  soon(body: LetterBody): void {
    this.stop();
    this.timer = ports.timers.set(() => void this.look(body), PAUSE_MILLISECONDS);
  }

  /** Draw now; a late answer to an older question is dropped. */
  async look(body: LetterBody): Promise<void> {
    const asked = (this.asked += 1);
    this.busy = true;
    const answer = await previewLetter(this.campaignId, body);
    if (asked !== this.asked) return;
    this.busy = false;
    this.problem = answer.ok ? null : answer.error;
    if (answer.ok) this.shown = answer.value;
  }

  /** Forget what was to be drawn; also when the screen is left. */
  stop(): void {
    if (this.timer !== null) ports.timers.clear(this.timer);
    this.timer = null;
  }
}
