/** The phones and browsers of whoever is signed in; what is read here nobody keeps. */
import { map, type Result } from '../lib/result';
import { get, post, type Problem } from './client';

export interface OwnDevice {
  readonly id: string;
  readonly enrolled_at: string;
  readonly last_contact_at: string;
  /** It told its signing key, so that it can hand over what it has once it is revoked. */
  readonly sealed: boolean;
  /** It has a store in memory only, and works online only. */
  readonly keeps_nothing: boolean;
  readonly revoked_at: string | null;
}

/** `GET /v1/own-devices`: the hundred that were last in contact, the latest first. */
export async function readOwnDevices(): Promise<Result<readonly OwnDevice[], Problem>> {
  return map(await get<{ items: OwnDevice[] }>('/own-devices'), ({ items }) => items);
}

/** `POST /v1/own-devices/<id>/revocation`; said twice it is done once. */
export function revokeOwnDevice(id: string): Promise<Result<OwnDevice, Problem>> {
  return post<OwnDevice>(`/own-devices/${id}/revocation`);
}
