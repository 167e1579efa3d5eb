/** One request through the network port: URL, headers, time limit, and what kind of answer it is. */
import { language } from '../lib/i18n.svelte';
import { ports } from '../lib/ports';
import { addressOf } from '../lib/prefix';
import { err, ok, type Result } from '../lib/result';
import { notOurs, offline, readProblem, type Problem } from './problem';

/** A path below `/v1`, such as "/campaigns": the version is known here only. */
export type ApiPath = string;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Sent {
  readonly method: Method;
  readonly path: ApiPath;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit | null;
  /** Milliseconds until we call it offline; more than usual for a large file. */
  readonly patience?: number;
}

/** A cheap phone on a bad line gets this long, in milliseconds; then we call it offline. */
export const PATIENCE = 60_000;

/** Asks for an answer that is not packed; the name is the server's (web/compression.py). */
const AS_IT_IS = { 'X-Unpacked': '1' } as const;
let unpacked = false;

/** A line that takes the type off leaves us the content to go by. */
function mayBeJson(response: Response): boolean {
  return /\bjson\b/.test(response.headers.get('Content-Type') ?? 'json');
}

/** Send; any HTTP answer is a value, no answer is `offline`. */
export async function send(request: Sent): Promise<Result<Response, Problem>> {
  const { method, path, headers = {}, body = null, patience = PATIENCE } = request;
  const limit = new AbortController();
  const timer = ports.timers.set(() => {
    limit.abort();
  }, patience);
  try {
    const response = await ports.network.fetch(addressOf(`/v1${path}`), {
      method,
      body,
      headers: {
        Accept: 'application/json',
        'Accept-Language': language(),
        ...(unpacked ? AS_IT_IS : {}),
        ...headers,
      },
      signal: limit.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      // A captive portal redirects: that is not our answer.
      redirect: 'error',
    });
    // The body may still be cut off: read it while the time limit runs.
    const whole = await response.arrayBuffer();
    const empty = [101, 204, 205, 304].includes(response.status);
    return ok(new Response(empty ? null : whole, response));
  } catch {
    return err(offline);
  } finally {
    ports.timers.clear(timer);
  }
}

/** The JSON of an answer that went well, or the problem it carries. 204 is `null`. */
export async function readJson(response: Response): Promise<Result<unknown, Problem>> {
  if (response.status === 204) return ok(null);
  if (!mayBeJson(response)) return err(notOurs(response.status));
  try {
    const value: unknown = await response.json();
    return response.ok ? ok(value) : err(readProblem(response.status, value));
  } catch {
    // Half an answer; or a line took off by what it was packed: ask the other way next time.
    unpacked = !unpacked;
    return err(notOurs(response.status));
  }
}

/** Gzip what is worth it, where the browser can; says whether it did. */
export async function packed(text: string): Promise<{ body: BodyInit; gzip: boolean }> {
  if (text.length <= 1024 || typeof CompressionStream === 'undefined') {
    return { body: text, gzip: false };
  }
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: await new Response(stream).arrayBuffer(), gzip: true };
}
