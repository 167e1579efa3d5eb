/**
 * A plan on the desk while somebody changes it: what shows at once, what the server says of it, and
 * what becomes of a change that is refused. Changes go one by one, in the order they were made.
 */
import type { Problem } from '../../../api/client';
import { t } from '../../../lib/i18n.svelte';
import { messageOf } from '../../access/desk/faults';
import type { Answer } from '../../access/desk/requests';
import { renewed, type Deed } from './deeds';
import { withMoved } from './placing';
import { changePlan, readPlan, redoChange, undoChange } from './requests';
import type { Board } from './shapes';

/** Why something was not done, in words. */
export interface Refusal {
  readonly title: string;
  readonly reasons: readonly string[];
}

/** What a colleague, or a lost line, was in front of: it can be done after all. */
export interface Offer {
  readonly title: string;
  readonly deeds: readonly Deed[];
}

interface Waiting {
  readonly deed: Deed;
  readonly send: (version: string) => Answer<Board>;
  readonly done: (went: boolean) => void;
}

export class PlanDesk {
  /** As the server last told it. */
  plan: Board = $state.raw(null as unknown as Board);
  /** The round and the door that are chosen, on the map or in the list. */
  round: string | null = $state(null);
  door: string | null = $state(null);
  /** The rounds whose doors are unfolded. */
  opened: readonly string[] = $state.raw([]);
  /** What was done last: shown, and read out once. */
  said = $state('');
  refused: Refusal | null = $state.raw(null);
  offer: Offer | null = $state.raw(null);
  private ahead: Board | null = $state.raw(null);
  private queue: readonly Waiting[] = $state.raw([]);

  constructor(plan: Board) {
    this.plan = plan;
  }

  /** The plan with what was just done in it, also before the server has answered. */
  get shown(): Board {
    return this.ahead ?? this.plan;
  }

  get busy(): boolean {
    return this.queue.length > 0;
  }

  /** Another version was read or made elsewhere on the screen. */
  follow(plan: Board): void {
    this.plan = plan;
    if (!this.busy) this.ahead = null;
  }

  /** Unfold a round and choose it, or fold it and let it go. */
  turnRound(id: string): void {
    const open = this.opened.includes(id);
    this.opened = open ? this.opened.filter((one) => one !== id) : [...this.opened, id];
    this.round = open ? null : id;
    this.door = null;
  }

  openRound(id: string): void {
    if (!this.opened.includes(id)) this.opened = [...this.opened, id];
  }

  /** Choose a door, and with it the round that it is in. */
  chooseDoor(id: string | null): void {
    this.door = id;
    const round = this.shown.rounds.find(({ legs }) =>
      legs.some(({ visits }) => visits.some(({ address_id: door }) => door === id)),
    );
    if (id === null) return;
    this.round = round?.id ?? null;
    if (round !== undefined) this.openRound(round.id);
  }

  /** Do something; true when it was done. What it changes shows at once. */
  act(deed: Deed): Promise<boolean> {
    for (const move of deed.moves) {
      if (move.act !== 'move') continue;
      const { round_id: roundId, leg, position } = move;
      this.ahead = withMoved(this.shown, move.address_id, { roundId, leg, position });
    }
    return this.enqueue(deed, (version) => changePlan(this.plan.id, version, deed.moves));
  }

  undo(): Promise<boolean> {
    const deed = { moves: [], words: t('desk_planning.undone') };
    return this.enqueue(deed, (version) => undoChange(this.plan.id, version));
  }

  redo(): Promise<boolean> {
    const deed = { moves: [], words: t('desk_planning.redone') };
    return this.enqueue(deed, (version) => redoChange(this.plan.id, version));
  }

  /** What could not be done before, on the board as it is now. */
  async takeUp(): Promise<void> {
    const deeds = this.offer?.deeds ?? [];
    this.offer = null;
    for (const deed of deeds) {
      const again = renewed(deed, this.plan);
      if (again === null) {
        this.refuse({ title: t('desk_planning.too_late'), reasons: [] });
        return;
      }
      if (!(await this.act(again))) return;
    }
  }

  dropOffer(): void {
    this.offer = null;
  }

  private enqueue(deed: Deed, send: Waiting['send']): Promise<boolean> {
    this.refused = null;
    return new Promise((done) => {
      const first = this.queue.length === 0;
      this.queue = [...this.queue, { deed, send, done }];
      if (first) void this.work();
    });
  }

  private async work(): Promise<void> {
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      const answer = await next.send(this.plan.version);
      if (!answer.ok) {
        await this.stopAt(answer.error);
        return;
      }
      this.plan = answer.value;
      this.queue = this.queue.slice(1);
      if (this.queue.length === 0) this.ahead = null;
      this.said = next.deed.words;
      next.done(true);
    }
  }

  /** The first of the queue did not go: the others stood on it. */
  private async stopAt(problem: Problem): Promise<void> {
    const stopped = this.queue;
    const changed = problem.code === 'plan-changed' || problem.code === 'no-such-place';
    if (changed) {
      const now = await readPlan(this.plan.id);
      if (now.ok) this.plan = now.value;
    }
    this.ahead = null;
    this.queue = [];
    const deeds = stopped.map(({ deed }) => deed).filter(({ moves }) => moves.length > 0);
    if (changed || problem.kind !== 'problem') this.offerAgain(problem, deeds);
    else this.refuse(refusalOf(problem, stopped[0]?.deed));
    for (const { done } of stopped) done(false);
  }

  private offerAgain(problem: Problem, deeds: readonly Deed[]): void {
    const who = this.plan.changed_by?.first_name;
    const title =
      problem.kind === 'problem'
        ? t('desk_planning.changed_by', { name: who ?? t('desk_planning.somebody') })
        : messageOf(problem);
    this.offer = { title, deeds };
    this.said = title;
  }

  private refuse(refusal: Refusal): void {
    this.refused = refusal;
    this.said = [refusal.title, ...refusal.reasons].join(' ');
  }
}

function refusalOf(problem: Problem, deed: Deed | undefined): Refusal {
  const named = problem.errors.map(({ detail }) => detail).filter((text) => text !== '');
  const reasons = [...new Set(named.length > 0 ? named : [messageOf(problem)])];
  return { title: t('desk_planning.not_done', { deed: deed?.words ?? '' }), reasons };
}
