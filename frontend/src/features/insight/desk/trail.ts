/** The trail as the privacy officer reads it: its newest entries, and whether it is still whole. */
import { get, type Problem } from '../../../api/client';
import { hasText, t } from '../../../lib/i18n.svelte';
import type { Result } from '../../../lib/result';
import type { Page } from '../../access/desk/pages';

export interface TrailEntry {
  readonly id: string;
  readonly number: number;
  readonly at: string;
  /** The name of who did it; null when the server did. */
  readonly actor: string | null;
  readonly action: string;
  readonly origin: string;
  readonly reason: string;
}

/** The first entry that was changed or taken out; null when all is whole. */
export interface Soundness {
  readonly broken_at: number | null;
}

/** A hundred entries, newest first; `after` is the key the page before gave. */
export const readTrail = (after = ''): Promise<Result<Page<TrailEntry>, Problem>> =>
  get(`/trail${after === '' ? '' : `?after=${encodeURIComponent(after)}`}`);

export const readSoundness = (): Promise<Result<Soundness, Problem>> => get('/trail/soundness');

function word(prefix: string, code: string): string {
  // "round.publish" is the key "round_publish": keys hold no second dot.
  const key = `desk_trail.${prefix}.${code.replaceAll('.', '_')}`;
  return hasText(key) ? t(key) : code;
}

export const actionWord = (action: string): string => word('action', action);
export const originWord = (origin: string): string => word('origin', origin);
