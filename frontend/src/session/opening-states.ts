/** How far a phone is open, and what can keep it from opening. */
import type { Result } from '../lib/result';
import type { LockRefusal } from '../store/relocking';
import type { StoreProblem } from '../store/types';
import type { HandingOverProblem } from './handing-over';

/**
 * `nobody`: no volunteer works here. `choose`: this phone has no lock yet. `shut`: the words or the
 * passkey open it. `pin`: shut a moment ago, its key still in memory. `open`: at work. `lapsed`: too
 * long without contact; nothing opens it any more, and it is made anew.
 */
export type Opening = 'nobody' | 'choose' | 'shut' | 'pin' | 'open' | 'lapsed';

/** `wrong`: not these words, not this finger. `memory`: the phone cannot stretch words. */
export type OpeningProblem = 'wrong' | 'lapsed' | 'memory' | 'cancelled' | 'no-prf' | StoreProblem;

/** What can keep an open phone from getting other locks. */
export type RelockingProblem = OpeningProblem | LockRefusal;

export type Opened = Promise<Result<void, OpeningProblem>>;
export type Anew = Promise<Result<void, HandingOverProblem>>;

/** What is in memory while a phone is open, or shut with a PIN. */
export interface Held {
  readonly key: CryptoKey;
  readonly pin: string | null;
  readonly tries: number;
}
