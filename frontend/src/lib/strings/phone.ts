/** Dutch strings of signing in and of the round: in the first bundle, ready at once. */
import type { Strings } from './types';

export default import.meta.glob<Strings>(
  '@strings/{common,errors,errors_*,access,sign_in,outbox,help,visits,aftercare,handover}.nl.json',
  { eager: true, import: 'default' },
);
