/** What the server tells of plans: times are "13:00" by Amsterdam's clock, lengths whole metres and minutes. */
import type { DayPart } from '../../../lib/dates';

export type PlanState = 'searching' | 'proposed' | 'published' | 'discarded';
export type VisitKind = 'first' | 'again' | 'later' | 'aftercare';

export interface Pause {
  readonly begins: string;
  readonly ends: string;
}

export interface Times {
  readonly begins: string;
  readonly ends: string;
  readonly pause: Pause | null;
}

export type DayPartTimes = Readonly<Record<DayPart, Times>>;
export type Minutes = Readonly<Record<VisitKind, number>>;

export interface Walker {
  readonly id: string;
  readonly first_name: string;
  readonly name: string;
}

export interface Person extends Walker {
  readonly languages: readonly string[];
  /** The last day of their certificate; null: to no door yet. */
  readonly cleared_until: string | null;
  readonly mentor: boolean;
  readonly starts_with_mentor: boolean;
}

export interface Slot {
  readonly date: string;
  readonly day_part: DayPart;
  readonly available: readonly string[];
  readonly pairs: readonly (readonly string[])[];
}

export interface BasePlace {
  readonly name: string;
  readonly lat: number | null;
  readonly lon: number | null;
  /** False: nobody knows where it is; it is taken to be amid the doors. */
  readonly certain: boolean;
}

export interface Proposal {
  readonly first_day: string;
  readonly last_day: string;
  readonly people: readonly Person[];
  readonly slots: readonly Slot[];
  readonly to_do: number;
  readonly appointments: number;
  readonly aftercare: number;
  readonly letter: { readonly earliest: string | null; readonly waits: boolean };
  readonly base: BasePlace;
  readonly times: DayPartTimes;
  readonly minutes: Minutes;
  readonly seconds: number;
}

export interface ShiftBody {
  readonly date: string;
  readonly day_part: DayPart;
  readonly pair: readonly string[];
}

export interface PlanBody {
  readonly first_day: string;
  readonly last_day: string;
  readonly shifts: readonly ShiftBody[];
  readonly times: Readonly<Partial<DayPartTimes>>;
  readonly minutes: Readonly<Record<VisitKind, number | null>>;
  readonly seconds: number | null;
  readonly base: { readonly lat: number; readonly lon: number } | null;
  readonly letter_reason: string;
}

export interface Search {
  readonly job_id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Seconds searched, and to be searched at most. */
  readonly done: number;
  readonly total: number;
  readonly doors: number;
  readonly metres: number | null;
  /** A code, '' when nothing went wrong. */
  readonly problem: string;
}

export interface PlannedDoor {
  readonly address_id: string;
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly kind: VisitKind;
  readonly language: string;
  readonly window: { readonly date: string; readonly day_part: DayPart } | null;
  readonly expects: Walker | null;
  readonly locked: boolean;
}

export interface Visit extends PlannedDoor {
  readonly rings: string;
  readonly leaves: string;
  readonly metres: number;
}

export interface Leg {
  readonly number: number;
  readonly sets_out: string;
  readonly back_at: string;
  readonly metres_back: number;
  readonly visits: readonly Visit[];
}

export interface Broken {
  readonly rule: string;
  readonly text: string;
  readonly address_id: string | null;
}

export interface PlannedRound {
  readonly id: string;
  readonly date: string;
  readonly day_part: DayPart;
  readonly begins: string;
  readonly ends: string;
  readonly pause: Pause | null;
  readonly pair: readonly Walker[];
  /** The round on the phones; null: not published. */
  readonly round_id: string | null;
  readonly differs: boolean;
  readonly done: number;
  readonly doors: number;
  readonly metres: number;
  /** Of walking. */
  readonly minutes: number;
  readonly legs: readonly Leg[];
  readonly broken: readonly Broken[];
}

export interface LeftOut extends PlannedDoor {
  readonly reason: string;
  readonly text: string;
}

export interface Totals {
  readonly rounds: number;
  readonly doors: number;
  readonly left_out: number;
  readonly metres: number;
  readonly minutes: number;
}

export interface PlanLine {
  readonly id: string;
  readonly campaign_id: string;
  readonly state: PlanState;
  readonly first_day: string;
  readonly last_day: string;
  readonly made_at: string;
  readonly published_at: string | null;
  readonly doors: number;
  readonly rounds: number;
}

export interface Board {
  readonly id: string;
  readonly campaign_id: string;
  readonly state: PlanState;
  readonly version: string;
  readonly changed_by: Walker | null;
  readonly first_day: string;
  readonly last_day: string;
  readonly made_at: string;
  readonly published_at: string | null;
  readonly search: Search | null;
  readonly base: BasePlace;
  readonly times: DayPartTimes;
  readonly minutes: Minutes;
  readonly rounds: readonly PlannedRound[];
  readonly left_out: readonly LeftOut[];
  readonly people: readonly Person[];
  readonly totals: Totals;
  readonly can_undo: boolean;
  readonly can_redo: boolean;
}

/** One change by hand. A position counts within its leg, without the door itself. */
export type Move =
  | {
      readonly act: 'move';
      readonly address_id: string;
      readonly round_id: string;
      readonly leg: number;
      readonly position: number;
    }
  | { readonly act: 'leave' | 'lock' | 'unlock'; readonly address_id: string }
  | {
      readonly act: 'swap';
      readonly round_id: string;
      readonly account_id: string;
      readonly other_round_id: string;
      readonly other_account_id: string;
    }
  | { readonly act: 'pair'; readonly round_id: string; readonly pair: readonly string[] }
  | { readonly act: 'reverse'; readonly round_id: string };

export interface IllBody {
  readonly account_id: string;
  readonly instead: string | null;
  readonly dry_run: boolean;
  readonly version: string | null;
}

export interface MovedDoor {
  readonly address_id: string;
  readonly street: string;
  readonly number: string;
  /** Null: it is still to do. */
  readonly to: string | null;
  readonly reason: string;
  readonly text: string;
}

export interface ChangedRound {
  readonly id: string;
  readonly date: string;
  readonly day_part: DayPart;
  readonly pair: readonly Walker[];
  readonly gone: number;
  readonly added: number;
  readonly closes: boolean;
}

export interface IllAnswer {
  readonly dry_run: boolean;
  readonly version: string;
  /** Doors that were rung already. */
  readonly kept: number;
  readonly doors: readonly MovedDoor[];
  readonly rounds: readonly ChangedRound[];
}
