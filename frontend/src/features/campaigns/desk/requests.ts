/** Campaigns and the bases from which pairs set out. */
import { get, post, put } from '../../../api/client';
import type { DayPart } from '../../../lib/dates';
import type { Answer, District } from '../../access/desk/requests';
import { readDistricts } from '../../access/desk/requests';
import { everyPage, together } from '../../access/desk/pages';
import {
  readConsentTexts,
  readGuides,
  type ConsentTextLine,
  type GuideLine,
} from '../../guides/desk/requests';
import type { Choice } from '../../territory/desk/choosing/choice';
import type { Street } from '../../territory/desk/requests';

export type Kind = 'preventive' | 'early_signal';
export type CampaignState = 'draft' | 'published' | 'closed';

/** What a form sends; what is still open is null or ''. */
export interface CampaignBody {
  readonly name: string;
  readonly kind: Kind | null;
  readonly district_id: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly letter_on: string | null;
  readonly aftercare_weeks: number | null;
  readonly guide_id: string;
  readonly consent_text_id: string;
  readonly base_location_id: string;
  readonly incentive: string;
  readonly choice: Choice;
}

export interface Campaign extends Omit<CampaignBody, 'choice'> {
  readonly id: string;
  readonly kind: Kind;
  readonly aftercare_weeks: number;
  readonly state: CampaignState;
  readonly copied_from_id: string | null;
  readonly doors: number;
}

export interface CampaignWithStreets extends Campaign {
  readonly streets: readonly Street[];
  readonly choice: Choice;
}

export interface BaseLocation {
  readonly id: string;
  readonly district_id: string;
  readonly name: string;
  readonly address: string;
  readonly opening_hours: string;
  readonly attended_by: string;
}

export const readCampaigns = (): Answer<Campaign[]> => everyPage<Campaign>('/campaigns');
export const readCampaign = (id: string): Answer<CampaignWithStreets> => get(`/campaigns/${id}`);
export const saveCampaign = (id: string | null, body: CampaignBody): Answer<Campaign> =>
  id === null ? post('/campaigns', body) : put(`/campaigns/${id}`, body);
export const publishCampaign = (id: string): Answer<unknown> =>
  post(`/campaigns/${id}/publication`);
export const closeCampaign = (id: string): Answer<unknown> => post(`/campaigns/${id}/closing`);

export const readBases = (): Answer<BaseLocation[]> => everyPage<BaseLocation>('/base-locations');
export const createBase = (body: Omit<BaseLocation, 'id'>): Answer<BaseLocation> =>
  post('/base-locations', body);

export const changeBase = (
  id: string,
  body: Omit<BaseLocation, 'id' | 'district_id'>,
): Answer<BaseLocation> => put(`/base-locations/${id}`, body);

/** What goes on when a campaign is closed now. */
export interface LooseEnds {
  readonly rounds: readonly {
    readonly id: string;
    readonly date: string;
    readonly day_part: DayPart;
  }[];
  readonly appointments: number;
  readonly aftercare: number;
  readonly last_aftercare_on: string | null;
}
export const readLooseEnds = (id: string): Answer<LooseEnds> => get(`/campaigns/${id}/loose-ends`);

/** What the campaign form chooses from. */
export interface Choices {
  readonly districts: readonly District[];
  readonly guides: readonly GuideLine[];
  readonly consentTexts: readonly ConsentTextLine[];
  readonly bases: readonly BaseLocation[];
}

export async function readChoices(): Answer<Choices> {
  const answers = await Promise.all([
    readDistricts(),
    readGuides(),
    readConsentTexts(),
    readBases(),
  ]);
  const all = together(...answers);
  if (!all.ok) return all;
  const [districts, guides, consentTexts, bases] = all.value;
  return { ok: true, value: { districts, guides, consentTexts, bases } };
}
