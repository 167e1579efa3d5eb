/**
 * lib/result without its export `then`: a module with one is a thenable, and whoever awaits its
 * import (vitest does, for every module) waits for ever. Goes when that export has another name.
 */
import type { Result } from '../src/lib/result';

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });

export function map<T, U, E>(result: Result<T, E>, change: (value: T) => U): Result<U, E> {
  return result.ok ? ok(change(result.value)) : result;
}

export function orElse<T, E>(result: Result<T, E>, otherwise: T): T {
  return result.ok ? result.value : otherwise;
}
