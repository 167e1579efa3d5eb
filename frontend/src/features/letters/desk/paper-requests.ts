/** Paper that goes along to the doors: calling cards and badges. */
import { fetchFile, get } from '../../../api/client';
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';
import type { LetterField, LetterLanguage, Texts } from './requests';

export interface CallingCard {
  /** '' where nobody wrote that language yet. */
  readonly texts: Texts;
  readonly languages: readonly LetterLanguage[];
  readonly known_fields: readonly LetterField[];
  readonly printed_at: string | null;
}

export interface CallingCardsBody {
  readonly texts: Texts;
  readonly back: string | null;
  readonly sheets: number | null;
  /** The `printed_at` of the card that was changed. */
  readonly seen_at: string | null;
}

export interface Badge {
  readonly id: string;
  readonly name: string;
  readonly first_name: string;
  readonly valid_until: string | null;
  /** Why there is none. */
  readonly reason: string | null;
}

export const readCard = (campaignId: string): Answer<CallingCard> =>
  get(`/campaigns/${campaignId}/calling-card`);
export const printCards = (campaignId: string, body: CallingCardsBody): Answer<Blob> =>
  fetchFile('POST', `/campaigns/${campaignId}/calling-cards`, body);
export const readBadges = (campaignId: string): Answer<Badge[]> =>
  everyPage<Badge>(`/campaigns/${campaignId}/badges`);
export const printBadges = (campaignId: string, accountIds: readonly string[]): Answer<Blob> =>
  fetchFile('POST', `/campaigns/${campaignId}/badge-sheets`, { account_ids: accountIds });
