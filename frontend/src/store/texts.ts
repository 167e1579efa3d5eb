/** Guide and consent texts as they travel: outreach/guides/content holds the originals. */

export type Purpose = 'note' | 'health' | 'contact' | 'share' | 'feedback';

/** A sentence in both languages of the screens. */
export interface Bilingual {
  nl: string;
  en: string;
}

export interface GuideAdvice {
  key: string;
  title: Bilingual;
  text: Bilingual;
  where: Bilingual;
}

export interface GuideDomain {
  key: string;
  title: Bilingual;
  opening: Bilingual;
  prompts: Bilingual[];
  tips: Bilingual[];
  /** Questions for whom they fit, such as somebody who cares for a person with dementia. */
  groups?: { key: string; title: Bilingual; prompts: Bilingual[] }[];
  advices: GuideAdvice[];
}

export interface GuideContent {
  key: string;
  version: string;
  opening: { nl: string[]; en: string[] };
  domains: GuideDomain[];
  closing: { nl: string[]; en: string[] };
}

export interface GuideBody {
  key: string;
  version: string;
  title: string;
  content: GuideContent;
}

export interface PurposeText {
  title: Bilingual;
  read_aloud: { nl: string[]; en: string[] };
  yes: Bilingual;
  no: Bilingual;
}

export interface LanguageCard {
  title: Bilingual;
  languages: { code: string; name: string; nl: string; dir: string; sentence: string }[];
}

export interface ConsentTextContent {
  key: string;
  version: string;
  introduction: { nl: string[]; en: string[] };
  purposes: Record<Purpose, PurposeText>;
  debt_help: { question: Bilingual; yes: Bilingual; no: Bilingual };
  absent_people: Bilingual;
  under_16: Bilingual;
  language_card: LanguageCard;
}

export interface ConsentTextBody {
  key: string;
  version: string;
  content: ConsentTextContent;
}
