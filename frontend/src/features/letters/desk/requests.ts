/** The letter of a campaign, the letterhead, and letters on paper. */
import { fetchFile, get, post, put, remove, upload, type Problem } from '../../../api/client';
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';

/** Language code to Markdown. */
export type Texts = Readonly<Record<string, string>>;

export interface LetterBody {
  readonly recognition_word: string;
  readonly waiting_days: number | null;
  readonly texts: Texts;
  /** The `saved_at` of the letter that was changed. */
  readonly seen_at: string | null;
}

export interface LetterField {
  readonly name: string;
  /** What it is in this campaign; '' while nobody filled it in. */
  readonly value: string;
}

export interface LetterLanguage {
  readonly code: string;
  readonly name: string;
}

export interface Letter {
  readonly recognition_word: string;
  readonly waiting_days: number;
  readonly texts: Texts;
  /** 0: nobody saved one yet. */
  readonly version: number;
  readonly saved_at: string | null;
  readonly printed_at: string | null;
  readonly known_fields: readonly LetterField[];
  readonly languages: readonly LetterLanguage[];
  readonly ready_texts: Texts;
  readonly doors: number;
  readonly closed: boolean;
}

export interface LetterPages {
  /** Pictures, as addresses that hold them. */
  readonly pages: readonly string[];
  readonly empty_fields: readonly string[];
  readonly too_long: boolean;
  /** Letters that no font of the server has. */
  readonly undrawn: string;
}

export interface LetterheadBody {
  readonly reply_address: string;
  readonly phone: string;
  readonly signed_by: string;
}

export interface Letterhead extends LetterheadBody {
  readonly logo: string | null;
}

export type Ordering = 'walking' | 'postcode';

export interface PrintRunBody {
  readonly ordering: Ordering;
  readonly per_street: boolean;
  readonly both_sides: boolean;
  readonly only_changed: boolean;
}

export interface PrintJob {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number;
  readonly problem: Problem | null;
}

export interface PrintRun {
  readonly id: string;
  readonly version: number;
  readonly ordering: Ordering;
  readonly per_street: boolean;
  readonly both_sides: boolean;
  /** Of one letter. */
  readonly pages: number;
  readonly letters: number;
  readonly made_at: string;
  readonly finished_at: string | null;
  readonly sent_on: string | null;
  readonly ready: boolean;
  readonly job: PrintJob | null;
}

export interface LetterDoor {
  readonly address_id: string;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly city: string;
}

export interface LetterDoors {
  readonly items: readonly LetterDoor[];
  readonly more: boolean;
}

const letterOf = (campaignId: string): `/${string}` => `/campaigns/${campaignId}/letter`;

export const readLetter = (campaignId: string): Answer<Letter> => get(letterOf(campaignId));
export const saveLetter = (campaignId: string, body: LetterBody): Answer<Letter> =>
  put(letterOf(campaignId), body);
export const previewLetter = (campaignId: string, body: LetterBody): Answer<LetterPages> =>
  post(`/campaigns/${campaignId}/letter-preview`, body);

export const readLetterhead = (): Answer<Letterhead> => get('/letterhead');
export const setLetterhead = (body: LetterheadBody): Answer<Letterhead> => put('/letterhead', body);
export const setLogo = (file: File): Answer<Letterhead> => upload('/letterhead/logo', file);
export const dropLogo = (): Answer<Letterhead> => remove('/letterhead/logo');

export const readPrintRuns = (campaignId: string): Answer<PrintRun[]> =>
  everyPage<PrintRun>(`/campaigns/${campaignId}/print-runs`);
export const startPrintRun = (campaignId: string, body: PrintRunBody): Answer<PrintRun> =>
  post(`/campaigns/${campaignId}/print-runs`, body);
export const readPrintRun = (id: string): Answer<PrintRun> => get(`/print-runs/${id}`);
export const resumePrintRun = (id: string): Answer<PrintRun> =>
  post(`/print-runs/${id}/resumption`);
export const cancelPrint = (jobId: string): Answer<unknown> => post(`/jobs/${jobId}/cancellation`);
export const readPrintFile = (id: string): Answer<Blob> =>
  fetchFile('GET', `/print-runs/${id}/file`);
export const printPage = (id: string, page: number, part: number | null): Answer<Blob> =>
  fetchFile('POST', `/print-runs/${id}/pages`, { page, part });
export const setSent = (id: string, sentOn: string): Answer<PrintRun> =>
  put(`/print-runs/${id}/sending`, { sent_on: sentOn });

export const findDoors = (campaignId: string, text: string): Answer<LetterDoors> =>
  post(`/campaigns/${campaignId}/letter-door-searches`, { text });
export const printSingle = (campaignId: string, addressId: string): Answer<Blob> =>
  fetchFile('POST', `/campaigns/${campaignId}/letters`, { address_id: addressId });
