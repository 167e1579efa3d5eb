/** What can go wrong with a database, as values. */
import { err, ok, type Result } from '../lib/result';
import type { StoreProblem } from './types';

/** What lies on the disk is not what this tab wrote: the store was taken away, or put back. */
export class StoreGoneError extends Error {
  override readonly name = 'StoreGoneError';
}

const KINDS: Record<string, StoreProblem['kind']> = {
  QuotaExceededError: 'quota',
  DatabaseClosedError: 'closed',
  InvalidStateError: 'closed',
  StoreGoneError: 'closed',
  MissingAPIError: 'unavailable',
  OpenFailedError: 'unavailable',
  SecurityError: 'unavailable',
  NewerStoreError: 'blocked',
  VersionError: 'blocked',
};

/** What an error of Dexie or the browser means for the person who works. */
export function problemOf(error: unknown): StoreProblem {
  if (!(error instanceof Error)) return { kind: 'failed' };
  // Dexie wraps the cause of an aborted transaction.
  const inner = (error as Error & { inner?: unknown }).inner;
  const cause = inner instanceof Error ? KINDS[inner.name] : undefined;
  return { kind: cause ?? KINDS[error.name] ?? 'failed' };
}

/** Do it, with this database if it takes one; a failure is a value. */
export async function attempt<T>(
  work: () => PromiseLike<T>,
  db: { readonly heldBack: boolean } | null = null,
): Promise<Result<T, StoreProblem>> {
  try {
    return ok(await work());
  } catch (error) {
    return err(db?.heldBack === true ? { kind: 'blocked' } : problemOf(error));
  }
}
