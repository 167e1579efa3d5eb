/** What cannot wait in quarantine, asked while somebody looks: nobody has to think of looking there. */
import { get } from '../../../api/client';
import { ports, type Timer } from '../../../lib/ports';
import { may, me, whoAmI } from './who.svelte';

const EVERY_MILLISECONDS = 45_000;

interface Known {
  readonly of: string;
  readonly urgent: number;
  /** To how many it rose; none once it fell. */
  readonly risen: number;
}

// Outlives a page, so that the next one says it at once.
let known: Known | null = $state.raw(null);

/** How many cannot wait, as far as the server said so to who is here now. */
export function urgentCount(): number {
  return known !== null && known.of === me()?.id ? known.urgent : 0;
}

/** To how many it rose last: that is read out, once. What falls is no news. */
export function urgentRisen(): number {
  return known !== null && known.of === me()?.id ? known.risen : 0;
}

function heard(of: string, urgent: number): Known {
  const before = urgentCount();
  if (urgent === before) return { of, urgent, risen: urgentRisen() };
  return { of, urgent, risen: urgent > before ? urgent : 0 };
}

async function ask(): Promise<void> {
  await whoAmI();
  const who = me();
  // Who cannot act on them is not alarmed by them.
  if (who === null || !may('quarantine.open')) return;
  const answer = await get<{ readonly urgent: number }>('/quarantine/alert');
  // Without a line it stands as it was: what cannot wait is not over by that.
  if (answer.ok) known = heard(who.id, answer.value.urgent);
}

/** Ask now and every 45 seconds, as long as the page is in sight. Returns the end of it. */
export function watchUrgent(): () => void {
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
