/** Guides and consent texts a campaign can be held with; both are immutable per version. */
import { everyPage } from '../../access/desk/pages';
import type { Answer } from '../../access/desk/requests';

export interface GuideLine {
  readonly id: string;
  readonly key: string;
  readonly version: string;
  readonly title: string;
}

export type ConsentTextLine = Omit<GuideLine, 'title'>;

export const readGuides = (): Answer<GuideLine[]> => everyPage<GuideLine>('/guides');
export const readConsentTexts = (): Answer<ConsentTextLine[]> =>
  everyPage<ConsentTextLine>('/consent-texts');
