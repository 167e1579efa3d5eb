/**
 * An address list on its way in: sent, looked at (nothing is written yet), confirmed, done. Follows
 * the server's job until it ends; leaving the screen stops the following, never the import.
 */
import type { Seen } from '../../../api/again';
import type { Problem } from '../../../api/client';
import { ports, type Timer } from '../../../lib/ports';
import { ok, type Result } from '../../../lib/result';
import { cancelJob, confirmList, readJob, sendList, type ImportResult, type Job } from './requests';

export type Phase =
  'choose' | 'sending' | 'looking' | 'preview' | 'writing' | 'written' | 'stopped';

const EVERY_MILLISECONDS = 700;
const ENDED: readonly string[] = ['done', 'failed', 'cancelled'];

function isResult(value: unknown): value is ImportResult {
  return typeof (value as Partial<ImportResult> | null)?.read === 'number';
}

export class Importing {
  phase: Phase = $state('choose');
  job: Job | null = $state.raw(null);
  result: ImportResult | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** Somebody stopped it, here or on another screen. */
  cancelled = $state(false);
  private timer: Timer | null = null;
  private seen: Seen<Job> | null = null;

  async send(file: File): Promise<void> {
    this.begin('sending');
    await this.follow('looking', await sendList(file));
  }

  async confirm(): Promise<void> {
    if (this.job === null) return;
    const { id } = this.job;
    this.begin('writing');
    await this.follow('writing', await confirmList(id));
  }

  async cancel(): Promise<void> {
    if (this.job !== null) await cancelJob(this.job.id);
  }

  /** Start afresh; also when the screen is left. */
  reset(): void {
    if (this.timer !== null) ports.timers.clear(this.timer);
    this.timer = null;
    this.begin('choose');
    this.job = null;
    this.result = null;
  }

  private begin(phase: Phase): void {
    this.phase = phase;
    this.problem = null;
    this.cancelled = false;
    this.seen = null;
  }

  private async follow(phase: 'looking' | 'writing', answer: Result<Job, Problem>): Promise<void> {
    if (this.phase === 'choose') return;
    if (!answer.ok) {
      this.problem = answer.error;
      // A lost line is no lost import: what was going on goes on, and so does the following.
      if (answer.error.kind !== 'problem' && this.job !== null) this.again(phase, this.job.id);
      else this.phase = phase === 'looking' ? 'choose' : 'preview';
      return;
    }
    this.problem = null;
    this.job = answer.value;
    this.phase = phase;
    if (ENDED.includes(answer.value.state)) this.end(phase, answer.value);
    else this.again(phase, answer.value.id);
    await Promise.resolve();
  }

  private again(phase: 'looking' | 'writing', id: string): void {
    this.timer = ports.timers.set(() => {
      void readJob(id, this.seen).then((answer) => {
        if (answer.ok) this.seen = answer.value;
        return this.follow(phase, answer.ok ? ok(answer.value.value) : answer);
      });
    }, EVERY_MILLISECONDS);
  }

  private end(phase: 'looking' | 'writing', job: Job): void {
    if (job.state === 'done' && isResult(job.result)) {
      this.result = job.result;
      this.phase = phase === 'looking' ? 'preview' : 'written';
      return;
    }
    this.phase = 'stopped';
    this.cancelled = job.state === 'cancelled';
    // The job's problem has no `kind`: it travelled inside an answer that went well.
    this.problem = job.problem === null ? null : { ...job.problem, kind: 'problem' };
  }
}
