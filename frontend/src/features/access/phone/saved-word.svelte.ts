/** What stands beside a thing that was just written: kept here, or, where nothing is kept, under way. */
import { t } from '../../../lib/i18n.svelte';
import { worksOnline } from '../../../session/online.svelte';
import { liveLight } from '../../../store/live.svelte';

/** Live; make it while a component starts. */
export function savedWord(): { readonly text: string } {
  const light = liveLight();
  const text = $derived(
    t(worksOnline() && light.waiting === 0 ? 'common.arrived' : 'common.saved_on_phone'),
  );
  return {
    get text() {
      return text;
    },
  };
}
