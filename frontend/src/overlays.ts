/** Puts the slices' overlays together, from the lowest slice up; main.ts installs the whole. */
import { conversationsOverlay } from './features/conversations/overlay';
import { handoverOverlay } from './features/handover/overlay';
import { incidentsOverlay } from './features/incidents/overlay';
import { plansOverlay } from './features/plans/overlay';
import { visitsOverlay } from './features/visits/overlay';
import { vouchersOverlay } from './features/visits/voucher-overlay';
import { makeOverlay } from './sync/overlay';
import { settleOverlay } from './sync/settle';

/** Install with `installOverlay(overlay)` of store/overlaid before anything is shown. */
export const overlay = makeOverlay([
  visitsOverlay,
  vouchersOverlay,
  conversationsOverlay,
  plansOverlay,
  incidentsOverlay,
  handoverOverlay,
  settleOverlay,
]);
