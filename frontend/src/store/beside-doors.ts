/** Dossiers that are about no door and no household: who calls back, and vouchers. */
import type { DayText, Id, Instant } from './dossiers';

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
