/** Who may read what at which moment: the pair of the round, whose talk it is, who comes back to it. */
import type { Dossier, Id, Mutation } from '../../src/sync/wire';
import { marksIn } from './marks';

const ISSUED: readonly string[] = ['round', 'stop', 'household'];

export class Readers {
  /** Whose talk a household is. */
  #recorders = new Map<Id, Id>();
  /** Who walks the round, now. */
  #pair: ReadonlySet<Id> = new Set();
  /** What was ever given to whom: that they may write to for fourteen days more. */
  #issued = new Map<Id, ReadonlySet<Id>>();
  /** Who offered a hand-over: its words are theirs. */
  readonly #offered = new Map<Id, Id>();
  /** Who was asked to come back to a household. */
  readonly #comesBack = new Map<Id, Set<Id>>();
  readonly #round: Id;

  constructor(round: Id, pair: readonly Id[]) {
    this.#round = round;
    this.walk(pair);
  }

  /** These walk the round from now on. */
  walk(pair: readonly Id[]): void {
    this.#pair = new Set(pair);
  }

  /** As it is now, to go back to; what people were told once they know ever after. */
  copy(): () => void {
    const [recorders, pair] = [new Map(this.#recorders), this.#pair];
    const issued = new Map(this.#issued);
    return () => {
      this.#recorders = new Map(recorders);
      this.#pair = pair;
      this.#issued = new Map(issued);
    };
  }

  /** Somebody will come back to this household. */
  asked(household: Id, account: Id): void {
    const known = this.#comesBack.get(household) ?? new Set();
    this.#comesBack.set(household, known.add(account));
  }

  /** What somebody said, and the server did, may let them read. */
  did(account: Id, mutation: Mutation, outcome: string): void {
    const { dossier_id: household, kind } = mutation;
    if (kind === 'conversation.open' && outcome === 'applied') {
      this.#recorders.set(household, account);
    } else if (kind === 'aftercare.plan') {
      // Until somebody else is asked, who planned it comes back.
      this.asked(household, account);
    } else if (kind === 'handover.offer') {
      this.#offered.set(mutation.body.handover_id, account);
    }
  }

  /** It was given to this account: its own id, and those that a stop reserves. */
  given(account: Id, dossiers: readonly Pick<Dossier, 'id' | 'kind' | 'body'>[]): void {
    const ids = dossiers
      .filter(({ kind }) => ISSUED.includes(kind))
      .flatMap(({ id, body }) => ('reserved' in body ? [id, body.reserved.household_id] : [id]));
    this.#issued.set(account, new Set([...(this.#issued.get(account) ?? []), ...ids]));
  }

  wasGiven(account: Id, dossier: Id): boolean {
    return this.#issued.get(account)?.has(dossier) === true;
  }

  /** Rounds and doors among these that are not for who does not walk the round (any more). */
  walkFaults(account: Id, dossiers: readonly Dossier[]): string[] {
    if (this.#pair.has(account)) return [];
    return dossiers
      .filter(
        ({ id, body }) =>
          id === this.#round || ('round_id' in body && body.round_id === this.#round),
      )
      .map(({ kind, id }) => `${kind} ${id} is not for ${account}, who does not walk the round`);
  }

  /** A household that is not for this account at all, and words that are not. */
  readFaults(account: Id, { id, kind, body }: Dossier): string[] {
    if (this.#recorders.get(id) === account) return [];
    const asked = this.#comesBack.get(id)?.has(account) === true;
    const { handovers = [], ...rest } = body as { handovers?: readonly { id: Id }[] };
    const others = handovers.filter((one) => this.#offered.get(one.id) !== account);
    const near = asked ? { contact: null, plan: null, differences: [] } : {};
    const whole = kind === 'household' && !asked && others.length === handovers.length;
    return [
      ...(whole ? [`household ${id} is not for ${account}`] : []),
      ...marksIn({ ...rest, ...near, others }).map((mark) => `${mark} is not for ${account}`),
    ];
  }
}
