/** One act at a time: busy while it runs, and what went wrong when the phone could not keep it. */
import type { StoreProblem } from '../../../store/types';
import type { Saved } from '../../../sync/record';

export class Saving {
  problem: StoreProblem | null = $state.raw(null);
  busy = $state(false);

  /** True once it is on the phone's disk. A second tap while it runs does nothing. */
  async run(act: () => Promise<Saved>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    const saved = await act();
    this.busy = false;
    this.problem = saved.ok ? null : saved.error;
    return saved.ok;
  }
}
