/** Sealed boxes go without a session: the phone's own signature says whose they are. */
import { err, type Result } from '../lib/result';
import type { Problem } from './problem';
import { readJson, send } from './transport';

export interface SealedBoxes {
  readonly device_id: string;
  readonly made_at: string;
  /** `loose`: written while the store was shut; `asked`: nothing is handed over, only whether this phone was reported lost. */
  readonly why: 'forgotten' | 'lapsed' | 'loose' | 'revoked' | 'rescue' | 'asked';
  /** Base64. */
  readonly boxes: readonly { readonly id: string; readonly box: string }[];
  readonly signature: string;
}

/** `POST /v1/sealed-boxes`: the JSON that came back, unread. */
export async function sendBoxes(body: SealedBoxes): Promise<Result<unknown, Problem>> {
  const answer = await send({
    method: 'POST',
    path: '/sealed-boxes',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.ok ? readJson(answer.value) : err(answer.error);
}
