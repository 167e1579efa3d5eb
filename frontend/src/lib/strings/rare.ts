/** Dutch strings of phone screens that few days need: they come with those screens, also offline. */
import type { Strings } from './types';

export default import.meta.glob<Strings>('@strings/rare_*.nl.json', {
  eager: true,
  import: 'default',
});
