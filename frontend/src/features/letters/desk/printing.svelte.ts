/**
 * Print runs of a campaign. The one that runs is followed until it ends; leaving the screen stops the
 * following, never the printing.
 */
import { ports, type Timer } from '../../../lib/ports';
import { readPrintRun, type PrintRun } from './requests';

export const EVERY_MILLISECONDS = 700;

/** Somebody works on it now. */
export function goesOn({ job }: PrintRun): boolean {
  return job !== null && (job.state === 'waiting' || job.state === 'running');
}

/** It stopped before it was ready, or its file is gone: it can be taken up. */
export function canResume(run: PrintRun): boolean {
  return !run.ready && !goesOn(run);
}

export class Following {
  /** The runs as last heard, by id. */
  heard: Readonly<Record<string, PrintRun>> = $state.raw({});
  private readonly timers = new Map<string, Timer>();
  private left = false;

  /** The newest word on a run. */
  latest(run: PrintRun): PrintRun {
    return this.heard[run.id] ?? run;
  }

  /** Hear of a run now, and again until it ended; each run by itself. */
  follow(run: PrintRun): void {
    if (this.left) return;
    this.heard = { ...this.heard, [run.id]: run };
    const before = this.timers.get(run.id);
    if (before !== undefined) ports.timers.clear(before);
    if (!goesOn(run)) return;
    const timer = ports.timers.set(() => void this.ask(run), EVERY_MILLISECONDS);
    this.timers.set(run.id, timer);
  }

  /** The screen is left: what is still on its way is not followed either. */
  stop(): void {
    this.left = true;
    for (const timer of this.timers.values()) ports.timers.clear(timer);
  }

  private async ask(run: PrintRun): Promise<void> {
    const answer = await readPrintRun(run.id);
    // A lost line is no lost run: ask again.
    this.follow(answer.ok ? answer.value : run);
  }
}
