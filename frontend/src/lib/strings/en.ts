/** All English strings: one lazy chunk, precached for offline use. Paper has its own. */
import type { Strings } from './types';

export default import.meta.glob<Strings>(
  ['@strings/*.en.json', '!@strings/{documents,resident}.en.json'],
  {
    eager: true,
    import: 'default',
  },
);
