/** Requests with the access token: one refresh where it ran out, JSON both ways, files both ways. */
import { map, ok, type Result } from '../lib/result';
import { notOurs, type Problem } from './problem';
import { accessToken, canRefresh, refreshToken, setAccessToken } from './token';
import {
  packed,
  PATIENCE,
  readJson,
  send,
  type ApiPath,
  type Method,
  type Sent,
} from './transport';

export type { InputProblem, Problem } from './problem';
export type { ApiPath } from './transport';

type Answer<T> = Promise<Result<T, Problem>>;

function withToken(request: Sent): Promise<Result<Response, Problem>> {
  const token = accessToken();
  const bearer: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  return send({ ...request, headers: { ...bearer, ...request.headers } });
}

/**
 * Send as the signed-in person; a 401 is met with one refresh and one more try. Who is not signed
 * in sends without a token: some doors, such as an invitation's, are open.
 */
export async function authorised(request: Sent): Promise<Result<Response, Problem>> {
  if (accessToken() === null && canRefresh()) {
    const refreshed = await refreshToken();
    // No line is no line; a session that is over may still knock on an open door.
    if (!refreshed.ok && refreshed.error.status !== 401) return refreshed;
  }
  const answer = await withToken(request);
  if (!answer.ok || answer.value.status !== 401 || !canRefresh()) return answer;
  setAccessToken(null);
  const refreshed = await refreshToken();
  return refreshed.ok ? withToken(request) : refreshed;
}

async function json<T>(request: Sent): Answer<T> {
  const answer = await authorised(request);
  if (!answer.ok) return answer;
  return map(await readJson(answer.value), (value) => value as T);
}

async function withBody<T>(method: Method, path: ApiPath, value: unknown): Answer<T> {
  const headers = { 'Content-Type': 'application/json' };
  return json<T>({ method, path, headers, body: JSON.stringify(value ?? {}) });
}

export function get<T>(path: ApiPath): Answer<T> {
  return json<T>({ method: 'GET', path });
}

/** What is there now with its tag; null while it is still what bears the tag that is known. */
export async function getIfChanged<T>(
  path: ApiPath,
  known: string,
): Answer<{ readonly tag: string; readonly value: T } | null> {
  const headers: Record<string, string> = known === '' ? {} : { 'If-None-Match': known };
  const answer = await authorised({ method: 'GET', path, headers });
  if (!answer.ok) return answer;
  if (answer.value.status === 304) return ok(null);
  const tag = answer.value.headers.get('ETag') ?? '';
  return map(await readJson(answer.value), (value) => ({ tag, value: value as T }));
}

export function post<T>(path: ApiPath, value?: unknown): Answer<T> {
  return withBody<T>('POST', path, value);
}

export function put<T>(path: ApiPath, value: unknown): Answer<T> {
  return withBody<T>('PUT', path, value);
}

export function patch<T>(path: ApiPath, value: unknown): Answer<T> {
  return withBody<T>('PATCH', path, value);
}

/** DELETE, by a name that the language allows. */
export function remove<T = null>(path: ApiPath): Answer<T> {
  return json<T>({ method: 'DELETE', path });
}

/** POST with a gzipped body where that helps: a sync goes over a thin line. */
export async function postPacked<T>(path: ApiPath, value: unknown): Answer<T> {
  const { body, gzip } = await packed(JSON.stringify(value));
  const encoding: Record<string, string> = gzip ? { 'Content-Encoding': 'gzip' } : {};
  const headers = { 'Content-Type': 'application/json', ...encoding };
  return json<T>({ method: 'POST', path, headers, body });
}

/** A file may go up at a megabit a second, and is not called offline for that. */
const SLOWEST_BYTES_A_MILLISECOND = 125;

/**
 * Send a file as the multipart field `file`, with other fields beside it. `onProgress` gets 0 and
 * 1 only: the network port cannot see how far it is.
 */
export async function upload<T>(
  path: ApiPath,
  file: File,
  onProgress: (part: number) => void = () => undefined,
  fields: Readonly<Record<string, string>> = {},
): Answer<T> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file, file.name);
  onProgress(0);
  const patience = PATIENCE + file.size / SLOWEST_BYTES_A_MILLISECOND;
  const answer = await json<T>({ method: 'POST', path, body: form, patience });
  if (answer.ok) onProgress(1);
  return answer;
}

/** A file from the server. A page of a captive portal is not one. */
export function download(path: ApiPath): Answer<Blob> {
  return fetchFile('GET', path);
}

/** A file that is made, or named, by what is sent along. */
export async function fetchFile(
  method: 'GET' | 'POST',
  path: ApiPath,
  value?: unknown,
): Answer<Blob> {
  const headers: Record<string, string> = { Accept: '*/*' };
  const body = value === undefined ? {} : { body: JSON.stringify(value) };
  if (value !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await authorised({ method, path, headers, ...body });
  if (!answer.ok) return answer;
  const response = answer.value;
  if (!response.ok) {
    const problem = await readJson(response);
    return problem.ok ? { ok: false, error: notOurs(response.status) } : problem;
  }
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('text/html')) return { ok: false, error: notOurs(response.status) };
  return ok(await response.blob());
}
