/** Dutch strings of signing in and of the phone: in the first bundle, ready at once. */
import type { Strings } from './types';

export default import.meta.glob<Strings>(
  '@strings/{common,errors,errors_*,access,sign_in,sync,outbox,help,visits,aftercare,conversations,plans,guides,directory,concerns,handover}.nl.json',
  { eager: true, import: 'default' },
);
