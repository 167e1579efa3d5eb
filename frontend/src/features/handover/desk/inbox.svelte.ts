/** What waits for a team: requests for debt help and hand-overs, as far as the filter lets through. */
import type { Problem } from '../../../api/client';
import { ok, type Result } from '../../../lib/result';
import { Loading } from '../../access/desk/loading.svelte';
import { together } from '../../access/desk/pages';
import { may, whoAmI } from '../../access/desk/who.svelte';
import { readDebtRequests, type DebtRequest } from './debts';
import { rememberedFilter, rememberFilter, type Filter } from './filter';
import { readWaiting, type Waiting } from './requests';

export interface Waits {
  readonly handovers: readonly Waiting[];
  readonly debts: readonly DebtRequest[];
}

async function readInbox(closed: boolean): Promise<Result<Waits, Problem>> {
  const who = await whoAmI();
  if (!who.ok) return who;
  const both = together(
    ...(await Promise.all([
      readWaiting(closed),
      may('debt_help.read') ? readDebtRequests(closed) : Promise.resolve(ok([])),
    ])),
  );
  return both.ok ? ok({ handovers: both.value[0], debts: both.value[1] }) : both;
}

export class Inbox {
  filter: Filter = $state.raw(rememberedFilter());
  readonly waits = new Loading(() => readInbox(this.filter.closed));

  /** Look at others; what is open and what is closed are two lists of the server. */
  choose(wanted: Filter): void {
    const otherList = wanted.closed !== this.filter.closed;
    this.filter = wanted;
    rememberFilter(wanted);
    if (otherList) void this.waits.reload();
  }
}
