/** Signing in, going on and signing out. */
import { err, ok, type Result } from '../lib/result';
import { notOurs, type Problem } from './problem';
import { authorised } from './client';
import { accessToken, canRefresh, refreshToken, setAccessToken } from './token';
import { readJson, send } from './transport';

export interface SignedIn {
  id: string;
  name: string;
  first_name: string;
  role: string;
  language: string;
  municipality: string;
}

function readAccount(value: unknown, status: number): Result<SignedIn, Problem> {
  const { access_token: token, account } = (value ?? {}) as {
    access_token?: unknown;
    account?: SignedIn;
  };
  if (typeof token !== 'string' || typeof account?.id !== 'string') return err(notOurs(status));
  setAccessToken(token);
  return ok(account);
}

/** Sign in; wrong address and wrong password are the same problem. */
export async function signInWith(
  email: string,
  password: string,
): Promise<Result<SignedIn, Problem>> {
  const answer = await send({
    method: 'POST',
    path: '/sessions',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) return answer;
  const read = await readJson(answer.value);
  return read.ok ? readAccount(read.value, answer.value.status) : read;
}

/** Go on with the session of the refresh cookie. The account is there when the server names it. */
export async function goOn(): Promise<Result<SignedIn | null, Problem>> {
  const read = await refreshToken();
  if (!read.ok) return read;
  const account = (read.value as { account?: SignedIn } | null)?.account;
  return ok(typeof account?.id === 'string' ? account : null);
}

/** Close the session on the server where it can be reached; the token is forgotten anyway. */
export async function signOutHere(): Promise<void> {
  // With a token that ran out the session is refreshed first: it must not outlive signing out.
  if (accessToken() !== null || canRefresh()) {
    await authorised({ method: 'DELETE', path: '/sessions/current' });
  }
  setAccessToken(null);
}
