/** Acts of one screen, one at a time; and what went wrong when the phone could not keep one. */
import type { StoreProblem } from '../../../store/types';
import type { Saved } from '../../../sync/record';

export class Saving {
  problem: StoreProblem | null = $state.raw(null);
  busy = $state(false);
  #last: Promise<unknown> = Promise.resolve();

  /** For a button. True once it is on the phone's disk; a second tap while it runs does nothing. */
  async run(act: () => Promise<Saved>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      return await this.choose(act);
    } finally {
      this.busy = false;
    }
  }

  /**
   * For answers beside each other, which a quick thumb gives faster than the disk takes them: each
   * waits its turn, none is dropped, and one that breaks off keeps no other from the disk.
   */
  choose(act: () => Promise<Saved>): Promise<boolean> {
    const turn = async (): Promise<boolean> => {
      const result = await act();
      this.problem = result.ok ? null : result.error;
      return result.ok;
    };
    const saved = this.#last.then(turn, turn);
    this.#last = saved;
    return saved;
  }
}
