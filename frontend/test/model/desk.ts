/** What happens while phones are away: at desks, and with the server itself. */
import type { Id } from '../../src/sync/wire';
import { must } from '../phone';
import type { Dice } from './dice';
import type { LooseNotes } from './loose-notes';
import type { Oracle, PutBack } from './oracle';
import { copiesOn, type SimulatedPhone } from './phones';
import { screenOf } from './screens';
import type { ModelServer, Town } from './server';

/** How often each is done, beside what people do. */
export const DESK_WEIGHTS = {
  rotate: 2,
  reassign: 3,
  erase: 2,
  revoke: 3,
  close: 1,
  comesBack: 2,
  asks: 3,
  copy: 3,
  restore: 2,
};

/** Of the town hall, not of a household: no mark. */
const QUESTION = 'Wanneer kunnen we langskomen?';

export type DeskDeed = keyof typeof DESK_WEIGHTS;

export function isDeskDeed(name: string): name is DeskDeed {
  return name in DESK_WEIGHTS;
}

/** The run as a desk sees it. */
interface Around {
  readonly server: ModelServer;
  readonly town: Town;
  readonly dice: Dice;
  readonly oracle: Oracle;
  readonly loose: LooseNotes;
  readonly doors: number;
  readonly phones: readonly SimulatedPhone[];
}

export class Desk {
  /** Who may not sign in. */
  readonly closed = new Set<Id>();
  /** An old copy was put back: nobody is signed in any more. */
  restored = false;
  readonly #at: Around;
  #copied = false;

  constructor(around: Around) {
    this.#at = around;
  }

  /** Do it, about this phone or its user where it is about somebody; says what came of it. */
  async do(deed: DeskDeed, phone: SimulatedPhone): Promise<string> {
    const { server, town, dice } = this.#at;
    const { municipality, round, people, team } = town;
    switch (deed) {
      case 'rotate':
        await server.deed('rotate', { municipality });
        return '';
      case 'close':
        await server.deed('close_account', { account: phone.account });
        this.closed.add(phone.account);
        return '';
      case 'reassign': {
        const other = dice.chance(50) ? people.other_volunteer : people.partner_of_pair;
        const pair = [people.volunteer, other];
        await server.deed('reassign', { round, pair });
        this.#at.oracle.readers.walk(pair);
        return '';
      }
      case 'asks':
        return String(
          (await server.deed<{ done: boolean }>('asks', { team, words: QUESTION })).done,
        );
      case 'comesBack':
        return this.#comesBack(dice.chance(70) ? people.other_volunteer : people.partner_of_pair);
      case 'revoke':
        return this.#revoke((await phone.open()).device.id);
      case 'erase':
        return this.#erase(municipality, phone);
      case 'copy':
        await server.deed('copy', {});
        this.#at.oracle.copied();
        this.#copied = true;
        return '';
      case 'restore':
        return this.#copied ? this.#restore() : 'no copy';
    }
  }

  async #comesBack(account: Id): Promise<string> {
    const { server, oracle } = this.#at;
    const said = await server.deed<{ household: Id | null }>('comes_back', { account });
    if (said.household === null) return 'nobody';
    oracle.readers.asked(said.household, account);
    return 'done';
  }

  async #revoke(device: Id): Promise<string> {
    const { done } = await this.#at.server.deed<{ done: boolean }>('revoke', { device });
    if (done) this.#at.oracle.revoked.add(device);
    return String(done);
  }

  async #erase(municipality: Id, phone: SimulatedPhone): Promise<string> {
    const { server, dice, doors, oracle } = this.#at;
    const { households } = await screenOf(await phone.open(), doors);
    const household = dice.of(households)?.id;
    if (household === undefined) return 'none';
    const { done } = await server.deed<{ done: boolean }>('erase', { municipality, household });
    if (done) oracle.erased(household);
    return String(done);
  }

  /** As `outreach restore`: the old copy, and what ended since ends again. */
  async #restore(): Promise<string> {
    const waiting = new Set<Id>();
    const copies = new Set<Id>();
    for (const phone of this.#at.phones) {
      const store = await phone.open();
      for (const { mutation, state } of await must(store.entries())) {
        if (state === 'waiting') waiting.add(mutation.id);
      }
      for (const { id } of await copiesOn(store)) copies.add(id);
    }
    const putBack = await this.#at.server.deed<PutBack>('restore', {});
    this.restored = true;
    this.#at.oracle.restored(putBack, waiting, copies);
    await this.#at.loose.restored(new Set(putBack.known));
    return 'done';
  }
}
