/** All English strings: one lazy chunk, precached for offline use. */
import type { Strings } from './types';

export default import.meta.glob<Strings>('@strings/*.en.json', { eager: true, import: 'default' });
