/** Dutch strings of the talk, of what comes of it and of a worry: they come with those screens, also offline. */
import type { Strings } from './types';

export default import.meta.glob<Strings>('@strings/{conversations,plans,concerns}.nl.json', {
  eager: true,
  import: 'default',
});
