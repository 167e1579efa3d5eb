/** Dossiers that are about no door and no household: who calls back, vouchers, and the letter. */
import type { DayText, Id, Instant } from './plain';

export type IncidentKind = 'aggression' | 'dog' | 'accident' | 'other';

/** Who calls back about an incident or a heavy talk, and that they did; no word of what it was. */
export interface CallBackBody {
  about: 'incident' | 'heavy_talk';
  /** The kind of incident; "" of a talk. */
  kind: IncidentKind | '';
  date: DayText;
  taken_by: string | null;
  called: null | { by: string; at: Instant };
}

/** Vouchers that were given at once; at which door is not said. */
export interface VoucherGift {
  id: Id;
  round_id: Id;
  adults: number;
  children: number;
  codes: string[];
}

/** What a campaign gives, and what this volunteer gave of it on the rounds of this phone. */
export interface VoucherBody {
  campaign_id: Id;
  name: string;
  with_codes: boolean;
  given: VoucherGift[];
}

/** The announcement letter of a campaign, as it lies on doormats. */
export interface LetterBody {
  campaign_id: Id;
  /** By which residents know who rings; "" where nobody chose one. */
  recognition_word: string;
  /** On letters that were printed before, newest first. */
  earlier_words: string[];
  /** Each a dossier of its own, in order; `name` is the language's own. */
  pages: { id: Id; language: string; name: string }[];
}

/** A page of it: a WebP in base64. */
export interface LetterPageBody {
  letter_id: Id;
  width: number;
  height: number;
  picture: string;
}
