/** Address lists coming in, and streets to choose from. */
import { getAgain, type Seen } from '../../../api/again';
import { download, get, post, upload, type Problem } from '../../../api/client';
import type { Page } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';

/** A street by its name in a town; `doors` are the addresses to ring at. */
export interface StreetName {
  readonly city: string;
  readonly street: string;
}

export interface Street extends StreetName {
  readonly doors: number;
  readonly postcodes?: number;
}

/** An address of a BAG extract has its BAG number; a row of a list has only its line. */
export interface RefusedRow {
  readonly line: number;
  readonly bag_id?: string;
  readonly reasons: readonly string[];
}

/** What an import found (preview) or did. `read` is the sum of the five counts after it. */
export interface ImportResult {
  readonly read: number;
  readonly imported: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly doubles: number;
  readonly refused: number;
  readonly format?: 'list' | 'bag-extract';
  /** Of an extract: the day its facts are from (ISO), and how many addresses are not valid now. */
  readonly as_of?: string;
  readonly past?: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly ignored: readonly string[];
  readonly sample: readonly Readonly<Record<string, unknown>>[];
  readonly refusals: readonly RefusedRow[];
}

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number;
  /** An instant; null when nobody knows yet. */
  readonly expected_at: string | null;
  /** 'confirmation' when a preview waits for somebody's yes. */
  readonly awaits: string;
  readonly result: Readonly<Record<string, unknown>>;
  readonly problem: Problem | null;
}

export const sendList = (file: File): Answer<Job> => upload('/address-imports', file);
export const confirmList = (jobId: string): Answer<Job> =>
  post(`/address-imports/${jobId}/confirmation`);
export const refusedRows = (jobId: string): Answer<Blob> =>
  download(`/address-imports/${jobId}/refused-rows`);
export const readJob = (jobId: string, seen: Seen<Job> | null): Answer<Seen<Job>> =>
  getAgain(`/jobs/${jobId}`, seen);
export const cancelJob = (jobId: string): Answer<unknown> => post(`/jobs/${jobId}/cancellation`);

/** Streets whose name holds this text; all of them, a page at a time, without a text. */
export const findStreets = (text: string, after = ''): Answer<Page<Street>> => {
  if (text !== '') return post('/street-searches', { text, after });
  return get(after === '' ? '/streets' : `/streets?after=${encodeURIComponent(after)}`);
};
