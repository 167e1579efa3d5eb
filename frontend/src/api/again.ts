/** Following what changes now and then; apart from the client, since no phone screen does it. */
import { map, ok, type Result } from '../lib/result';
import { authorised, type ApiPath, type Problem } from './client';
import { readJson } from './transport';

/** What was read before, and the tag by which the server knows it again. */
export interface Seen<T> {
  readonly tag: string | null;
  readonly value: T;
}

/** GET what is asked for again and again: as long as it is what was seen, no body travels. */
export async function getAgain<T>(
  path: ApiPath,
  seen: Seen<T> | null,
): Promise<Result<Seen<T>, Problem>> {
  const headers: Record<string, string> = seen?.tag ? { 'If-None-Match': seen.tag } : {};
  const answer = await authorised({ method: 'GET', path, headers });
  if (!answer.ok) return answer;
  if (answer.value.status === 304 && seen !== null) return ok(seen);
  const tag = answer.value.headers.get('ETag');
  return map(await readJson(answer.value), (value) => ({ tag, value: value as T }));
}
