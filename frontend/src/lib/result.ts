/** Failures that are expected are values: a function that may fail says so in its return type. */

export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/** Apply `change` to the value, leave a failure as it is. */
export function map<T, U, E>(result: Result<T, E>, change: (value: T) => U): Result<U, E> {
  return result.ok ? ok(change(result.value)) : result;
}

/** Go on with a next step that may fail as well. (A module that exports `then` is a thenable.) */
export function andThen<T, U, E, F>(
  result: Result<T, E>,
  next: (value: T) => Result<U, F>,
): Result<U, E | F> {
  return result.ok ? next(result.value) : result;
}

/** The value, or `otherwise` when it failed. */
export function orElse<T, E>(result: Result<T, E>, otherwise: T): T {
  return result.ok ? result.value : otherwise;
}

/** Everything that cannot happen: the compiler refuses it where a case was forgotten. */
export function never(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
