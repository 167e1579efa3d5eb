/** Guides and consent texts a campaign can be held with; both are immutable per version. */
import { get } from '../../../api/client';
import type { Language } from '../../../lib/i18n.svelte';
import { map } from '../../../lib/result';
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

/** An advice by its key, with its title in both languages. */
export interface AdviceTitle {
  readonly key: string;
  readonly title: Readonly<Record<Language, string>>;
}

interface WholeGuide {
  readonly content: { readonly domains: readonly { readonly advices: readonly AdviceTitle[] }[] };
}

/** The advices of a guide. */
export async function readAdviceTitles(guideId: string): Answer<AdviceTitle[]> {
  const guide = await get<WholeGuide>(`/guides/${guideId}`);
  return map(guide, ({ content }) => content.domains.flatMap(({ advices }) => advices));
}
