/**
 * What somebody asks of a plan while the form is filled in, per campaign: going elsewhere and coming
 * back loses nothing. In memory only, as long as this tab lives and the same person works in it.
 */
import type { DayPart } from '../../../lib/dates';
import { currentAccount } from '../../../session/session.svelte';
import { DAY_PARTS, type Period } from './requests';
import type { Minutes, PlanBody, Proposal, ShiftBody, Slot, VisitKind } from './shapes';

/** Times of one day part, '' where nothing is filled in; no break when both are ''. */
export interface TimesDraft {
  begins: string;
  ends: string;
  pause_begins: string;
  pause_ends: string;
}

/** Two people, '' where nobody is chosen yet. */
export interface PairDraft {
  first: string;
  second: string;
}

/** "2026-06-15 afternoon". */
export function slotKey({ date, day_part: part }: Pick<Slot, 'date' | 'day_part'>): string {
  return `${date} ${part}`;
}

export class PlanDraft {
  times: Record<DayPart, TimesDraft> = $state(emptyTimes());
  minutes: Record<VisitKind, number | null> = $state({
    first: 0,
    again: 0,
    later: 0,
    aftercare: 0,
  });
  seconds: number | null = $state(null);
  lat = $state('');
  lon = $state('');
  reason = $state('');
  first_day = $state('');
  last_day = $state('');
  proposal: Proposal;
  private pairs: Record<string, PairDraft[]> = $state({});
  private untouched = '';

  constructor(proposal: Proposal) {
    this.proposal = $state.raw(proposal);
    this.first_day = proposal.first_day;
    this.last_day = proposal.last_day;
    for (const part of DAY_PARTS) this.times[part] = timesOf(proposal, part);
    this.minutes = { ...proposal.minutes };
    this.seconds = proposal.seconds;
    this.propose(proposal);
    this.untouched = JSON.stringify(this.body);
  }

  get period(): Period {
    return { first_day: this.first_day, last_day: this.last_day };
  }

  /** Another period was looked up: its pairs come beside those that were changed by hand. */
  propose(proposal: Proposal): void {
    this.proposal = proposal;
    for (const slot of proposal.slots) {
      this.pairs[slotKey(slot)] ??= slot.pairs.map(([first = '', second = '']) => ({
        first,
        second,
      }));
    }
  }

  /** The pairs of a day part; changing what is given changes the draft. */
  pairsOf(slot: Slot): PairDraft[] {
    return this.pairs[slotKey(slot)] ?? [];
  }

  addPair(slot: Slot): void {
    this.pairs[slotKey(slot)] = [...this.pairsOf(slot), { first: '', second: '' }];
  }

  dropPair(slot: Slot, place: number): void {
    this.pairs[slotKey(slot)] = this.pairsOf(slot).filter((_, index) => index !== place);
  }

  /** Where the first pair of a day part stands among all shifts that are sent. */
  placeOf(slot: Slot): number {
    const before = this.proposal.slots.slice(0, this.proposal.slots.indexOf(slot));
    return before.reduce((sum, one) => sum + this.pairsOf(one).length, 0);
  }

  get shifts(): ShiftBody[] {
    return this.proposal.slots.flatMap((slot) =>
      this.pairsOf(slot).map(({ first, second }) => ({
        date: slot.date,
        day_part: slot.day_part,
        pair: [first, second].filter((id) => id !== ''),
      })),
    );
  }

  /** As the server wants it; what is open goes along as null or '', for the server to point out. */
  get body(): PlanBody {
    return {
      ...this.period,
      shifts: this.shifts,
      times: Object.fromEntries(DAY_PARTS.map((part) => [part, bodyOf(this.times[part])])),
      minutes: this.minutes,
      seconds: this.seconds,
      base: this.base,
      letter_reason: this.reason.trim(),
    };
  }

  /** Something was filled in that a reload would lose. */
  get isTouched(): boolean {
    return JSON.stringify(this.body) !== this.untouched;
  }

  private get base(): PlanBody['base'] {
    const [lat, lon] = [degrees(this.lat), degrees(this.lon)];
    return lat === null || lon === null ? null : { lat, lon };
  }
}

function degrees(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

function emptyTimes(): Record<DayPart, TimesDraft> {
  const none = (): TimesDraft => ({ begins: '', ends: '', pause_begins: '', pause_ends: '' });
  return { morning: none(), afternoon: none(), evening: none() };
}

function timesOf(proposal: Proposal, part: DayPart): TimesDraft {
  const { begins, ends, pause } = proposal.times[part];
  return { begins, ends, pause_begins: pause?.begins ?? '', pause_ends: pause?.ends ?? '' };
}

function bodyOf({
  begins,
  ends,
  pause_begins,
  pause_ends,
}: TimesDraft): PlanBody['times']['morning'] {
  const none = pause_begins === '' && pause_ends === '';
  return { begins, ends, pause: none ? null : { begins: pause_begins, ends: pause_ends } };
}

/** The kinds of visit, in the order of the form. */
export const KINDS: readonly (keyof Minutes)[] = ['first', 'again', 'later', 'aftercare'];

const kept = new Map<string, PlanDraft>();
let owner: string | null = null;

function forOwner(): Map<string, PlanDraft> {
  const account = currentAccount()?.id ?? null;
  if (account !== owner) kept.clear();
  owner = account;
  return kept;
}

/** The draft for this campaign that was begun before. */
export function begunDraft(campaignId: string): PlanDraft | null {
  const found = forOwner().get(campaignId);
  return found?.isTouched === true ? found : null;
}

/** The draft for this campaign: what was begun before, or what the server proposes. */
export function draftOf(campaignId: string, proposal: Proposal): PlanDraft {
  const draft = begunDraft(campaignId) ?? new PlanDraft(proposal);
  draft.propose(proposal);
  forOwner().set(campaignId, draft);
  return draft;
}

/** It became a plan: the next one begins anew. */
export function dropDraft(campaignId: string): void {
  forOwner().delete(campaignId);
}
