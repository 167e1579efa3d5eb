/** All Dutch strings, desk included: one lazy chunk, precached for offline use. */
import type { Strings } from './types';

export default import.meta.glob<Strings>('@strings/*.nl.json', { eager: true, import: 'default' });
