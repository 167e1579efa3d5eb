/** The one request of a phone. What counts as an answer is decided in sync/wire. */
import type { Result } from '../lib/result';
import { postPacked, type Problem } from './client';

/** `POST /v1/sync`: the JSON that came back, unread. */
export function exchange(request: object): Promise<Result<unknown, Problem>> {
  return postPacked<unknown>('/sync', request);
}
