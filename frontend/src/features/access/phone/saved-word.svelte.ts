/** What stands beside a thing that was just written: kept here, or, where nothing is kept, under way. */
import { t } from '../../../lib/i18n.svelte';
import { worksOnline } from '../../../session/online.svelte';
import { liveLight } from '../../../store/live.svelte';
import type { IconName } from '../../../ui/icon-names';

/** Live; make it while a component starts. */
export function savedWord(): { readonly text: string; readonly icon: IconName } {
  const light = liveLight();
  const arrived = $derived(worksOnline() && light.waiting === 0);
  return {
    get text() {
      return t(arrived ? 'common.arrived' : 'common.saved_on_phone');
    },
    get icon() {
      return worksOnline() && !arrived ? 'send' : 'check';
    },
  };
}
