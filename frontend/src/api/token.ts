/**
 * The access token: in memory only, gone with the tab. The refresh cookie is HttpOnly; what we can
 * read is its CSRF twin. A refresh rotates the cookie, and one used twice closes the session, so
 * tabs take turns.
 */
import { err, ok, type Result } from '../lib/result';
import { readProblem, type Problem } from './problem';
import { readJson, send } from './transport';

let token: string | null = null;
let refreshing: Promise<Result<unknown, Problem>> | null = null;

export function accessToken(): string | null {
  return token;
}

export function setAccessToken(next: string | null): void {
  token = next;
}

function csrfCookie(): string | undefined {
  return document.cookie.split('; ').find((one) => one.startsWith('csrf_refresh_token='));
}

/** Without its readable twin there is no refresh cookie either: asking would be in vain. */
export function canRefresh(): boolean {
  return csrfCookie() !== undefined;
}

/** The header that proves that a page of ours sends the refresh cookie. */
export function csrfHeader(): Record<string, string> {
  const pair = csrfCookie();
  if (pair === undefined) return {};
  return { 'X-CSRF-TOKEN': decodeURIComponent(pair.slice(pair.indexOf('=') + 1)) };
}

async function askForToken(): Promise<Result<unknown, Problem>> {
  const answer = await send({
    method: 'POST',
    path: '/sessions/refresh',
    headers: csrfHeader(),
  });
  if (!answer.ok) return answer;
  const read = await readJson(answer.value);
  if (!read.ok) return read;
  const given = read.value as { access_token?: unknown } | null;
  if (typeof given?.access_token !== 'string') return err(readProblem(answer.value.status, null));
  token = given.access_token;
  return ok(read.value);
}

function inTurn(): Promise<Result<unknown, Problem>> {
  // Absent on plain http and in old browsers, whatever the types say.
  const locks = navigator.locks as LockManager | null | undefined;
  return locks ? locks.request('voordeur-refresh', askForToken) : askForToken();
}

/** Get a new access token; the answer's JSON, also for whoever asked meanwhile. */
export function refreshToken(): Promise<Result<unknown, Problem>> {
  refreshing ??= inTurn().finally(() => {
    refreshing = null;
  });
  return refreshing;
}
