/** Mutations that could not be applied, kept whole until a person decides. */
import { post, upload } from '../../../api/client';
import type { DayPart } from '../../../lib/dates';
import { map } from '../../../lib/result';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export interface Quarantined {
  readonly id: string;
  readonly author: string;
  readonly address: { readonly street: string; readonly number: string } | null;
  readonly kind: string;
  readonly reason: string;
  readonly received_at: string;
  readonly state: string;
  /** A concern, or a hand-over in a crisis. */
  readonly urgent: boolean;
  /** May who looks read it and settle it; else one of these roles may. */
  readonly may_open: boolean;
  readonly opened_by: readonly string[];
}

/** What can be put right: a JSON pointer into the body, and what may stand there. */
export interface MendableField {
  readonly pointer: string;
  /** Why it is refused; empty when it fits. */
  readonly code: string;
  readonly kind:
    | 'text'
    | 'choice'
    | 'date'
    | 'instant'
    | 'number'
    | 'yes_no'
    | 'unknown'
    | 'id'
    | 'part'
    | 'evidence';
  readonly options: readonly string[];
  readonly nullable: boolean;
  readonly removable: boolean;
  readonly value: unknown;
}

export interface Opened {
  readonly body: unknown;
  readonly fields: readonly MendableField[];
  /** May it be let in at another door than it names? */
  readonly other_door: boolean;
  /** How many of its author wait behind it. */
  readonly followers: number;
}

/** A stop where somebody rang, or was to. */
export interface FoundDoor {
  readonly stop_id: string;
  readonly street: string;
  readonly number: string;
  readonly date: string;
  readonly day_part: DayPart;
  readonly pair: readonly string[];
  readonly talk: boolean;
  readonly second_household: boolean;
}

/** What is put right on the way in. */
export interface Repair {
  readonly stop_id: string | null;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly removed: readonly string[];
  readonly followers: boolean;
}

/** What became of it, and of what waited behind it. */
export interface Settled extends Pick<Quarantined, 'author' | 'reason' | 'state'> {
  readonly followers: number;
  readonly stopped_at: string | null;
  readonly stopped_why: string;
}

/** What came of a rescue file. */
export interface Rescued {
  readonly author: string;
  readonly ids: readonly string[];
}

export type Settlement = 'apply' | 'discard';

/** What cannot wait first; else the oldest. */
export const readQuarantine = async (): Answer<Quarantined[]> =>
  map(await everyPage<Quarantined>('/quarantine'), (lines) =>
    [...lines].sort((a, b) => Number(b.urgent) - Number(a.urgent)),
  );
export const sendRescuePart = (part: File): Answer<Rescued> =>
  upload('/quarantine/rescue-files', part);
export const openQuarantined = (id: string, reason: string): Answer<Opened> =>
  post(`/quarantine/${id}/opening`, { reason });
export const searchDoors = (
  street: string,
  number: string,
): Answer<{ readonly items: readonly FoundDoor[] }> =>
  post('/quarantine/door-searches', { street, number });
export const settleQuarantined = (
  id: string,
  decision: Settlement,
  reason: string,
  repair: Repair | null,
): Answer<Settled> => post(`/quarantine/${id}/settlement`, { decision, reason, ...repair });
