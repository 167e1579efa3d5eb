/** *Iets anders*: what else can be at a door, and what each of them asks first. Pure. */
import type { Outcome } from '../../../store/dossiers';
import type { IconName } from '../../../ui/icon-names';

/** What needs a step of its own before it is recorded. */
export type Asked = 'entrance' | 'split' | 'leave' | 'unsafe';

export type OtherLine =
  | { readonly key: string; readonly icon: IconName; readonly record: Outcome }
  | { readonly key: string; readonly icon: IconName; readonly ask: Asked }
  | { readonly key: string; readonly icon: IconName; readonly go: 'languages' };

/** In order of how often it happens; the last ones are rare and ask first. */
export const OTHER_LINES: readonly OtherLine[] = [
  { key: 'no_access', icon: 'lock', ask: 'entrance' },
  { key: 'someone_else', icon: 'users', record: 'someone_else' },
  { key: 'other_language', icon: 'languages', go: 'languages' },
  { key: 'spoke_briefly', icon: 'message-circle', record: 'spoke_briefly' },
  { key: 'leaflet', icon: 'mail', record: 'leaflet' },
  { key: 'empty', icon: 'house', record: 'empty' },
  { key: 'not_a_home', icon: 'house', record: 'not_a_home' },
  { key: 'split', icon: 'plus', ask: 'split' },
  { key: 'leave', icon: 'arrow-right', ask: 'leave' },
  { key: 'unsafe', icon: 'shield', ask: 'unsafe' },
];
