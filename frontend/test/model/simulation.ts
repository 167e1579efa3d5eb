/** One run: phones, a line full of mishaps and a desk, all drawn from a seed; then rest, and proof. */
import { ports } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';
import { overlay } from '../../src/overlays';
import { installOverlay } from '../../src/store/overlaid';
import type { Store } from '../../src/store/types';
import { releaseAll } from '../../src/sync/typing';
import type { Id } from '../../src/sync/wire';
import { must } from '../phone';
import { Dice } from './dice';
import { faultsAtRest, type AtRest } from './invariants';
import type { Mishap } from './line';
import type { Planted } from './mutants';
import { Oracle } from './oracle';
import { DEEDS, WEIGHTS } from './people';
import { copiesOn, dossiersOn, SimulatedPhone } from './phones';
import { screenOf } from './screens';
import type { ModelServer, Town } from './server';

const STEPS = 45;
/** In the first everybody says what they have to say; after the second all must be equal. */
const ROUNDS_OF_REST = 2;
const MISHAPS: Readonly<Record<Mishap, number>> = {
  fine: 60,
  'drop-request': 6,
  'drop-answer': 12,
  twice: 6,
  cut: 3,
  'cut-short': 2,
  unwell: 2,
  portal: 2,
  meanwhile: 8,
};
const STEP_WEIGHTS = {
  act: 50,
  sync: 28,
  crash: 6,
  late: 3,
  rotate: 2,
  reassign: 3,
  erase: 2,
  revoke: 3,
  close: 1,
};

export interface Run {
  readonly faults: readonly string[];
  /** What happened, line by line: the same for the same seed. */
  readonly trace: readonly string[];
}

export class Simulation {
  readonly #dice: Dice;
  readonly #oracle = new Oracle();
  readonly #trace: string[] = [];
  readonly #server: ModelServer;
  readonly #town: Town;
  readonly #planted: Planted;
  #phones: SimulatedPhone[] = [];
  #words = 0;
  /** How many doors they walk: the fewer, the more they meet. */
  readonly #doors: number;

  private constructor(seed: number, server: ModelServer, town: Town, planted: Planted) {
    this.#dice = new Dice(seed);
    this.#doors = 1 + this.#dice.below(4);
    this.#server = server;
    this.#town = town;
    this.#planted = planted;
  }

  /** Play a seed from the first step to the proof. */
  static async play(seed: number, server: ModelServer, planted: Planted = {}): Promise<Run> {
    Object.assign(ports, seededPorts(seed));
    installOverlay(overlay);
    const run = new Simulation(seed, server, await server.reset(seed), planted);
    await run.#begin();
    for (let step = 0; step < STEPS; step += 1) await run.#step();
    return { faults: await run.#rest(), trace: run.#trace };
  }

  /** The pair; often a second phone of one of them, or a volunteer who may take the round over. */
  async #begin(): Promise<void> {
    const { volunteer, partner_of_pair, other_volunteer } = this.#town.people;
    const owners = [volunteer, partner_of_pair, volunteer, other_volunteer];
    const many = 2 + this.#dice.below(3);
    for (const [at, account] of owners.slice(0, many).entries()) {
      const phone = new SimulatedPhone(
        `phone ${String(at + 1)}`,
        account,
        await this.#signIn(account),
        this.#server,
      );
      phone.line.heard = (request, answer) => {
        this.#oracle.heard(account, request, answer);
      };
      if (this.#planted.misread) phone.line.misread = this.#planted.misread;
      phone.line.meanwhile = () => this.#act(phone);
      this.#phones.push(phone);
    }
    for (const phone of this.#phones) await this.#sync(phone, []);
  }

  async #signIn(account: Id): Promise<string> {
    return (await this.#server.deed<{ token: string }>('sign_in', { account })).token;
  }

  #note(...words: string[]): void {
    this.#trace.push(words.join(' '));
  }

  async #step(): Promise<void> {
    const kind = this.#dice.weighed(STEP_WEIGHTS);
    const phone = this.#dice.of(this.#phones)!;
    switch (kind) {
      case 'act':
        await phone.open();
        return this.#act(phone);
      case 'sync':
        await this.#sync(phone, this.#mishaps());
        return undefined;
      case 'crash':
        return this.#crash(phone);
      case 'late':
        this.#note(phone.name, 'late', String(await phone.line.deliverLate(this.#dice.below(9))));
        return undefined;
      case 'rotate':
      case 'reassign':
      case 'erase':
      case 'revoke':
      case 'close':
        return this.#desk(kind, phone);
    }
  }

  #mishaps(): Mishap[] {
    return Array.from({ length: 5 }, () => this.#dice.weighed(MISHAPS));
  }

  /** Does it and tells the oracle what its user put in and took out. */
  async #byUser(store: Store, act: () => Promise<unknown>): Promise<void> {
    const before = await must(store.entries());
    await act();
    this.#oracle.acted(before, await must(store.entries()));
  }

  /** The phone that is open. */
  async #act(phone: SimulatedPhone): Promise<void> {
    const { store } = phone;
    const deed = this.#dice.weighed(WEIGHTS);
    const screen = await screenOf(store, this.#doors);
    const word = (): string => `merk-${String((this.#words += 1))}`;
    await this.#byUser(store, () => DEEDS[deed]({ screen, dice: this.#dice, word }));
    this.#note(phone.name, deed, String((await must(store.entries())).length));
  }

  async #sync(phone: SimulatedPhone, mishaps: Mishap[]): Promise<boolean> {
    const planned = mishaps.join(' ');
    const store = await phone.open();
    phone.line.mishaps = mishaps;
    const result = await phone.sync();
    const said = result.ok ? 'ok' : result.error.kind;
    this.#note(phone.name, 'sync', said, planned);
    if (said === 'revoked') return this.#giveUp(phone);
    if (!result.ok) await this.#planted.afterFailure?.(store);
    return result.ok;
  }

  async #giveUp(phone: SimulatedPhone): Promise<boolean> {
    const done = await phone.giveUp(() => this.#signIn(phone.account));
    this.#note(phone.name, 'gives up', String(done));
    return false;
  }

  async #crash(phone: SimulatedPhone): Promise<void> {
    await this.#planted.onLeaving?.(await phone.open());
    await this.#start(phone);
    this.#note(phone.name, 'starts again');
  }

  /** As the app does at its start: what an editor held when it was killed may go now. */
  async #start(phone: SimulatedPhone): Promise<void> {
    const store = await phone.open();
    await this.#planted.onStart?.(store);
    await this.#byUser(store, async () => must(releaseAll()));
  }

  async #desk(
    kind: 'rotate' | 'reassign' | 'erase' | 'revoke' | 'close',
    phone: SimulatedPhone,
  ): Promise<void> {
    const { municipality, round, people } = this.#town;
    if (kind === 'rotate') await this.#server.deed('rotate', { municipality });
    if (kind === 'close') await this.#server.deed('close_account', { account: phone.account });
    if (kind === 'reassign') {
      const other = this.#dice.chance(50) ? people.other_volunteer : people.partner_of_pair;
      await this.#server.deed('reassign', { round, pair: [people.volunteer, other] });
    }
    if (kind === 'revoke') await this.#revoke((await phone.open()).device.id);
    if (kind === 'erase') await this.#erase(municipality, phone);
    this.#note('desk', kind, phone.name);
  }

  async #revoke(device: Id): Promise<void> {
    const { done } = await this.#server.deed<{ done: boolean }>('revoke', { device });
    if (done) this.#oracle.revoked.add(device);
  }

  async #erase(municipality: Id, phone: SimulatedPhone): Promise<void> {
    const { households } = await screenOf(await phone.open(), this.#doors);
    const household = this.#dice.of(households)?.id;
    if (household === undefined) return;
    const said = { municipality, household };
    const { done } = await this.#server.deed<{ done: boolean }>('erase', said);
    if (done) this.#oracle.erased(household);
  }

  /** The line is back and nobody does anything any more. */
  async #rest(): Promise<readonly string[]> {
    for (const phone of this.#phones) phone.signedIn(await this.#signIn(phone.account));
    let well = false;
    for (let round = 0; round < ROUNDS_OF_REST; round += 1) {
      well = true;
      for (const phone of this.#phones) {
        await this.#start(phone);
        if (!(await this.#sync(phone, []))) well = false;
      }
    }
    const phones: AtRest[] = [];
    for (const phone of this.#phones) {
      const store = await phone.open();
      const { name, account } = phone;
      const entries = await must(store.entries());
      const copies = await copiesOn(store);
      phones.push({ name, account, dossiers: await dossiersOn(store), entries, copies });
    }
    const look = await this.#server.look([...new Set(phones.map(({ account }) => account))]);
    this.#note('outcomes', ...Object.values(look.outcomes).sort(), ...look.marks);
    const faults = faultsAtRest(phones, look, this.#oracle);
    return well ? faults : ['some phone does not come to rest', ...faults];
  }
}
