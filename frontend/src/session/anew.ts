/** A store that nothing opens any more: what waits in it goes to the server, and it is made anew. */
import { err, ok } from '../lib/result';
import { unprepare } from '../store/current';
import { forgetLease, isClosed, isReadingOver, isThereALine } from './lease.svelte';
import { haveLocks } from './locks';
import { meet, whoOpens } from './opening.svelte';
import type { Anew } from './opening-states';
import { standing } from './standing.svelte';
import { isInUse } from './writing-tabs';

let anew: Anew | null = null;

async function handOverAndBegin(why: 'forgotten' | 'lapsed'): Anew {
  const user = whoOpens();
  // Wrong words may have made the store ready; what was read then is not to outlive it.
  unprepare();
  if (await isInUse(user)) return err('elsewhere');
  // For a rare day, so no part of the first load.
  const { handOver } = await import('./handing-over');
  const handed = await handOver(user, why);
  if (!handed.ok) return handed;
  standing.visit += 1;
  standing.held = null;
  haveLocks(user, []);
  forgetLease();
  standing.state = 'choose';
  return handed;
}

/**
 * The words or the passkey are gone for good: what waits goes to the server as it lies, and the
 * store is made anew. Without a line nothing happens.
 */
export function beginAnew(): Anew {
  return handOverAndBegin('forgotten');
}

async function goOnFromLapse(): Anew {
  const account = whoOpens();
  const over = await isReadingOver(account, false);
  if (!over || !isClosed()) {
    // Another tab had contact meanwhile, or has made the store anew.
    await meet(account);
    return ok(undefined);
  }
  if (!(await isThereALine(account))) return err('unheard');
  return whoOpens() === account && standing.state === 'lapsed'
    ? handOverAndBegin('lapsed')
    : ok(undefined);
}

/** Reading is closed: at the first contact what waits goes to the server, and the phone begins anew. */
export function beginAfterLapse(): Anew {
  if (standing.state !== 'lapsed') return Promise.resolve(ok(undefined));
  anew ??= goOnFromLapse().finally(() => {
    anew = null;
  });
  return anew;
}
