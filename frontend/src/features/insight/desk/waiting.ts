/** What asks for somebody's attention, read at once; a part one may not see is simply not asked. */
import type { Problem } from '../../../api/client';
import { ok, type Result } from '../../../lib/result';
import { everyPage, together } from '../../access/desk/pages';
import { may, whoAmI } from '../../access/desk/who.svelte';
import { readCampaigns, type Campaign } from '../../campaigns/desk/requests';
import { readConcerns } from '../../concerns/desk/requests';
import { readCallMe } from '../../conversations/desk/requests';
import { readPlanPrints } from '../../plans/desk/requests';
import { readCalls } from '../../wishes/desk/requests';
import { readHolds, readRounds, type DoorHold, type Round } from '../../visits/desk/requests';
import { NOTHING, readNeedsYou, type NeedsYou } from './needs-you';

export interface DraftRound extends Round {
  readonly campaign: string;
}

/** So many things wait behind a screen. */
export interface Count {
  readonly key: 'debriefs' | 'calls' | 'concerns' | 'urgent' | 'quarantine' | 'plans';
  readonly href: string;
  readonly count: number;
}

export interface Attention {
  readonly needs: NeedsYou;
  readonly holds: readonly DoorHold[];
  readonly draftCampaigns: readonly Campaign[];
  readonly draftRounds: readonly DraftRound[];
  readonly campaigns: readonly Campaign[];
  readonly counts: readonly Count[];
}

type Read<T> = Promise<Result<readonly T[], Problem>>;

function when<T>(allowed: boolean, read: () => Read<T>): Read<T> {
  return allowed ? read() : Promise.resolve(ok([]));
}

async function readDraftRounds(campaigns: readonly Campaign[]): Read<DraftRound> {
  const running = campaigns.filter(({ state }) => state === 'published');
  const answers = await Promise.all(running.map(({ id }) => readRounds(id)));
  const failed = answers.find((answer) => !answer.ok);
  if (failed && !failed.ok) return failed;
  return ok(
    answers.flatMap((answer, index) =>
      (answer.ok ? answer.value : [])
        .filter(({ state }) => state === 'draft')
        .map((round) => ({ ...round, campaign: running[index]?.name ?? '' })),
    ),
  );
}

async function readCounts(): Promise<Result<Count[], Problem>> {
  const answers = await Promise.all([
    when(may('debrief.read'), readCallMe),
    when(may('concern.decide'), readConcerns),
    // Only counted here: what is in it belongs to the slice beside this one.
    when(may('quarantine.read'), () => everyPage<{ urgent: boolean }>('/quarantine')),
    when(may('plan.print'), readPlanPrints),
    when(may('call.answer'), readCalls),
  ]);
  const all = together(...answers);
  if (!all.ok) return all;
  const [debriefs, concerns, quarantine, plans, calls] = all.value;
  const urgent = quarantine.filter((one) => one.urgent).length;
  const count = (key: Count['key'], number: number, at: string = key): Count => ({
    key,
    href: `/desk/${at}`,
    count: number,
  });
  return ok(
    [
      count('urgent', urgent, 'quarantine'),
      count('debriefs', debriefs.length),
      count('calls', calls.filter(({ done_at: done }) => done === null).length),
      count('concerns', concerns.filter(({ state }) => state !== 'decided').length),
      count('quarantine', quarantine.length - urgent),
      count('plans', plans.filter(({ printed_at: printed }) => printed === null).length),
    ].filter((one) => one.count > 0),
  );
}

export async function readAttention(): Promise<Result<Attention, Problem>> {
  const who = await whoAmI();
  if (!who.ok) return who;
  const writes = may('campaign.write');
  const first = together(
    ...(await Promise.all([
      when(may('door.decide'), readHolds),
      when(may('campaign.read'), readCampaigns),
      readCounts(),
      may('needs_you.read') ? readNeedsYou() : Promise.resolve(ok(NOTHING)),
    ])),
  );
  if (!first.ok) return first;
  const [holds, campaigns, counts, needs] = first.value;
  const drafts = await when(writes, () => readDraftRounds(campaigns));
  if (!drafts.ok) return drafts;
  return ok({
    needs,
    holds,
    campaigns: campaigns.filter(({ state }) => state === 'published'),
    draftCampaigns: writes ? campaigns.filter(({ state }) => state === 'draft') : [],
    draftRounds: drafts.value,
    counts,
  });
}
