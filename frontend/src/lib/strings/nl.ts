/** All Dutch strings, desk included: one lazy chunk, precached for offline use. Paper has its own. */
import type { Strings } from './types';

export default import.meta.glob<Strings>(
  ['@strings/*.nl.json', '!@strings/{documents,resident}.nl.json'],
  {
    eager: true,
    import: 'default',
  },
);
