/** Pairs that somebody must call, asked while somebody looks at the desk, whatever page it is. */
import { get } from '../../../api/client';
import { ports, type Timer } from '../../../lib/ports';
import { may, me, whoAmI } from './who.svelte';

export interface PairAlert {
  readonly id: string;
  readonly kind: 'help' | 'overdue';
  readonly raised_at: string;
  readonly round_id: string | null;
  /** Who called for help; "" for a pair that is overdue. */
  readonly caller: string;
  readonly pair: readonly { readonly name: string; readonly phone: string }[];
  readonly base: string;
  readonly district: string;
  /** Who calls them; "" while nobody does. */
  readonly taken_by: string;
}

const EVERY_MILLISECONDS = 15_000;

interface Known {
  readonly of: string;
  readonly alerts: readonly PairAlert[];
  /** What came in last and is open: that is read out, once. */
  readonly risen: PairAlert | null;
}

// Outlives a page, so that the next one says it at once and reads out nothing twice.
let known: Known | null = $state.raw(null);

const mine = (): Known | null => (known !== null && known.of === me()?.id ? known : null);

/** What is open, as far as the server said so to who is here now. */
export function pairAlerts(): readonly PairAlert[] {
  return mine()?.alerts ?? [];
}

/** The newest of what is open. */
export function pairRisen(): PairAlert | null {
  return mine()?.risen ?? null;
}

/** The board asks for the same: what it heard counts here too. */
export function heardOfPairs(alerts: readonly PairAlert[]): void {
  const who = me();
  if (who === null) return;
  const before = new Set(pairAlerts().map(({ id }) => id));
  const added = alerts.find(({ id }) => !before.has(id));
  const last = mine()?.risen ?? null;
  const still = last !== null && alerts.some(({ id }) => id === last.id) ? last : null;
  known = { of: who.id, alerts, risen: added ?? still };
}

async function ask(): Promise<void> {
  await whoAmI();
  if (me() === null || !may('round.watch')) return;
  const answer = await get<{ readonly alerts: readonly PairAlert[] }>('/watch/alerts');
  // Without a line it stands as it was: who must be called must be called still.
  if (answer.ok) heardOfPairs(answer.value.alerts);
}

/** Ask now and every quarter of a minute, as long as the page is in sight. Returns the end of it. */
export function watchPairs(): () => void {
  let timer: Timer | null = null;
  let busy = false;

  async function look(): Promise<void> {
    if (busy || document.visibilityState !== 'visible') return;
    busy = true;
    await ask();
    busy = false;
  }

  function tick(): void {
    void look();
    timer = ports.timers.set(tick, EVERY_MILLISECONDS);
  }

  function seen(): void {
    void look();
  }

  document.addEventListener('visibilitychange', seen);
  tick();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    if (timer !== null) ports.timers.clear(timer);
  };
}
