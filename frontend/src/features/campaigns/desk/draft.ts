/** What the campaign form holds while it is filled in, and what is sent. */
import { addDays, today } from '../../../lib/dates';
import { NOTHING, type Choice } from '../../territory/desk/choosing/choice';
import type { CampaignBody, CampaignWithStreets, Choices, Kind } from './requests';

export interface Draft {
  name: string;
  kind: Kind | null;
  district_id: string;
  starts_on: string;
  ends_on: string;
  letter_on: string;
  aftercare_weeks: number | null;
  guide_id: string;
  consent_text_id: string;
  base_location_id: string;
  incentive: string;
  choice: Choice;
}

const PERIOD_DAYS = 56;
const AFTERCARE_WEEKS = 6;

/** The only one there is needs no choosing. */
function only(list: readonly { readonly id: string }[]): string {
  return list.length === 1 ? (list[0]?.id ?? '') : '';
}

/** The newest version stands first on the list. */
function newest(list: readonly { readonly id: string; readonly version: string }[]): string {
  return [...list].sort((a, b) => b.version.localeCompare(a.version))[0]?.id ?? '';
}

export function emptyDraft(choices: Choices): Draft {
  const starts = addDays(today(), 14);
  return {
    name: '',
    kind: 'preventive',
    district_id: only(choices.districts),
    starts_on: starts,
    ends_on: addDays(starts, PERIOD_DAYS),
    letter_on: '',
    aftercare_weeks: AFTERCARE_WEEKS,
    guide_id: newest(choices.guides),
    consent_text_id: newest(choices.consentTexts),
    base_location_id: only(choices.bases),
    incentive: '',
    choice: NOTHING,
  };
}

export function draftOf(campaign: CampaignWithStreets): Draft {
  return {
    name: campaign.name,
    kind: campaign.kind,
    district_id: campaign.district_id,
    starts_on: campaign.starts_on,
    ends_on: campaign.ends_on,
    letter_on: campaign.letter_on ?? '',
    aftercare_weeks: campaign.aftercare_weeks,
    guide_id: campaign.guide_id,
    consent_text_id: campaign.consent_text_id,
    base_location_id: campaign.base_location_id,
    incentive: campaign.incentive,
    choice: campaign.choice,
  };
}

/** As the server wants it; what is still open goes along as null, for the server to point out. */
export function bodyOf(draft: Draft): CampaignBody {
  return {
    ...draft,
    name: draft.name.trim(),
    letter_on: draft.letter_on === '' ? null : draft.letter_on,
  };
}
