/** A campaign from first look to last page: what it needs, its calendar, what it came to, the next. */
import { fetchFile, get, post } from '../../../api/client';
import type { Answer } from '../../access/desk/requests';
import { everyPage } from '../../access/desk/pages';

export type PointState = 'ok' | 'missing' | 'look';

export interface Point {
  readonly key: string;
  readonly state: PointState;
  readonly word: string;
  /** The form in which it is mended; null when no form does. */
  readonly place: string | null;
  readonly numbers: Readonly<Record<string, string | number>>;
}

export interface Estimate {
  readonly doors: number;
  readonly needed: number;
  readonly there: number;
  readonly rings: number;
  readonly ring_minutes: number;
  readonly talks: number;
  readonly talk_minutes: number;
  readonly day_part_minutes: number;
}

export interface Readiness {
  readonly points: readonly Point[];
  readonly to_mend: number;
  readonly estimate: Estimate;
}

export interface Entry {
  readonly day: string;
  readonly kind: string;
  readonly day_part: string;
  readonly count: number;
  readonly doors: number;
}

export interface Calendar {
  readonly first: string;
  readonly last: string;
  readonly entries: readonly Entry[];
}

export interface CountedCampaign {
  readonly campaign_id: string;
  readonly name: string;
  readonly state: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly counted_on: string | null;
}

/** A count, or null: under ten, or left out because one that is could be worked out. */
export interface Figure {
  readonly name: string;
  readonly count: number | null;
}

export interface Figures extends CountedCampaign {
  readonly figures: readonly Figure[];
  readonly best_day_part: string | null;
}

export interface CopyBody {
  readonly name: string;
  readonly starts_on: string;
  readonly same_doors: boolean;
  readonly but_months: number | null;
}

export const readReadiness = (id: string): Answer<Readiness> => get(`/campaigns/${id}/readiness`);
export const readCalendar = (id: string): Answer<Calendar> => get(`/campaigns/${id}/calendar`);
export const readFigures = (id: string): Answer<Figures> => get(`/campaigns/${id}/figures`);
export const readCounted = (): Answer<CountedCampaign[]> =>
  everyPage<CountedCampaign>('/campaign-figures');
export const copyCampaign = (id: string, body: CopyBody): Answer<{ readonly id: string }> =>
  post(`/campaigns/${id}/copies`, body);
/** The page for the alderman. */
export const printReport = (id: string): Answer<Blob> =>
  fetchFile('POST', `/campaigns/${id}/reports`);
