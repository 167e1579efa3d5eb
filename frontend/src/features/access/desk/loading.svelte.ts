/** What one screen reads from the server: on its way, here, gone or failed. Nothing outlives it. */
import type { Problem } from '../../../api/client';
import type { Result } from '../../../lib/result';

export type Loadable<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly problem: Problem };

const GONE: readonly number[] = [403, 404, 410];

export class Loading<T> {
  now: Loadable<T> = $state.raw({ kind: 'loading' });
  private asked = 0;

  constructor(private readonly read: () => Promise<Result<T, Problem>>) {
    void this.reload();
  }

  /** Read again; what is on screen stays until the answer is here. A late older answer is dropped. */
  async reload(): Promise<void> {
    const asked = (this.asked += 1);
    if (this.now.kind !== 'ready') this.now = { kind: 'loading' };
    const result = await this.read();
    if (asked !== this.asked) return;
    if (result.ok) this.now = { kind: 'ready', value: result.value };
    else if (GONE.includes(result.error.status)) this.now = { kind: 'gone' };
    else this.now = { kind: 'failed', problem: result.error };
  }

  /** Read again without being asked to: a line that is not there takes nothing off the screen. */
  async refresh(): Promise<boolean> {
    const asked = (this.asked += 1);
    const result = await this.read();
    if (asked !== this.asked) return false;
    if (result.ok) this.now = { kind: 'ready', value: result.value };
    else if (GONE.includes(result.error.status)) this.now = { kind: 'gone' };
    return result.ok || this.now.kind === 'gone';
  }

  /** The value, once it is here. */
  get value(): T | null {
    return this.now.kind === 'ready' ? this.now.value : null;
  }
}
