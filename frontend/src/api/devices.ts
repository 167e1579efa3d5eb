/** This phone makes itself known, with the public half of its signing key. */
import type { Result } from '../lib/result';
import { post, type Problem } from './client';

/** `POST /v1/devices`; the same phone may say it again. `signing_key` is SPKI in base64. */
export function enrol(device_id: string, signing_key: string): Promise<Result<unknown, Problem>> {
  return post<unknown>('/devices', { device_id, signing_key });
}
