/** One run: phones, a line full of mishaps and a desk, all drawn from a seed; then rest, and proof. */
import { ports } from '../../src/lib/ports';
import { seededPorts } from '../../src/lib/ports-seeded';
import { overlay } from '../../src/overlays';
import { installOverlay } from '../../src/store/overlaid';
import { dataKey } from '../../src/store/sealing';
import type { Store } from '../../src/store/types';
import { releaseAll } from '../../src/sync/typing';
import type { Id } from '../../src/sync/wire';
import { must } from '../phone';
import { Dice } from './dice';
import { Desk, DESK_WEIGHTS, isDeskDeed } from './desk';
import { faultsAtRest, type AtRest } from './invariants';
import type { Age, Mishap } from './line';
import type { Planted } from './mutants';
import type { Moment } from './moments';
import { Oracle } from './oracle';
import { DEEDS, WEIGHTS } from './people';
import { copiesOn, dossiersOn, SimulatedPhone } from './phones';
import { screenOf } from './screens';
import type { Taking } from './taking-out';
import { lookAtNonces, misplacedFaults } from './sealed-rows';
import type { ModelServer, Town } from './server';

/** How long a story is: short ones are many, long ones get to what only time brings together. */
const STEPS = { 10: 60, 30: 25, 90: 15 };
/** Small, so that a town of six doors comes in parts; or what the server gives everywhere. */
const PART_BYTES = { small: 2_500, real: 256 * 1024 };
/** How many phones: mostly the few of one round. */
const PHONES = { 2: 40, 3: 32, 4: 18, 5: 4, 6: 2, 7: 2, 8: 2 };
/**
 * In the first everybody says what they have to say; who hears there to be reported lost is a new phone
 * in the second, of which its owner's other one hears in the third. After that all must be equal.
 */
const ROUNDS_OF_REST = 3;
const MISHAPS: Readonly<Record<Mishap, number>> = {
  fine: 60,
  'drop-request': 6,
  'drop-answer': 12,
  delay: 3,
  twice: 6,
  cut: 3,
  'cut-short': 2,
  'half-request': 2,
  unwell: 2,
  portal: 2,
  meanwhile: 8,
  'server-killed': 6,
};
const AGES: Readonly<Record<Age, number>> = { today: 50, old: 30, newer: 20 };
/** A request says some two hundred things to the database at most. */
const STATEMENTS = 120;
const STEP_WEIGHTS = {
  act: 50,
  sync: 28,
  crash: 6,
  late: 3,
  age: 2,
  ...DESK_WEIGHTS,
};

export interface Run {
  readonly faults: readonly string[];
  /** What happened, line by line: the same for the same seed. */
  readonly trace: readonly string[];
}

export class Simulation {
  readonly #dice: Dice;
  readonly #oracle: Oracle;
  readonly #trace: string[] = [];
  readonly #server: ModelServer;
  readonly #town: Town;
  readonly #key: CryptoKey;
  readonly #planted: Planted;
  #words = 0;
  readonly #phones: SimulatedPhone[] = [];
  readonly #desk: Desk;
  /** How many doors they walk: the fewer, the more they meet. */
  readonly #doors: number;

  private constructor(
    dice: Dice,
    key: CryptoKey,
    server: ModelServer,
    town: Town,
    planted: Planted,
  ) {
    this.#key = key;
    this.#dice = dice;
    this.#doors = 1 + dice.below(4);
    this.#server = server;
    this.#town = town;
    this.#planted = planted;
    const { volunteer, partner_of_pair } = town.people;
    this.#oracle = new Oracle(town.round, [volunteer, partner_of_pair]);
    const [oracle, doors, phones] = [this.#oracle, this.#doors, this.#phones];
    this.#desk = new Desk({ server, town, dice, oracle, doors, phones });
  }

  /** Play a seed from the first step to the proof. */
  static async play(seed: number, server: ModelServer, planted: Planted = {}): Promise<Run> {
    Object.assign(ports, seededPorts(seed));
    const undo = planted.below?.();
    const look = lookAtNonces();
    installOverlay(overlay);
    const dice = new Dice(seed);
    const parts = dice.chance(25) ? PART_BYTES.small : PART_BYTES.real;
    const key = await dataKey(new Uint8Array(32).fill(7));
    const run = new Simulation(dice, key, server, await server.reset(seed, parts), planted);
    try {
      await run.#begin();
      const steps = Number(dice.weighed(STEPS));
      for (let step = 0; step < steps; step += 1) await run.#step();
      const faults = await run.#rest();
      return { faults: [...faults, ...look.faults], trace: run.#trace };
    } finally {
      look.end();
      undo?.();
    }
  }

  /** The pair; often more phones of them, or a volunteer who may take the round over. */
  async #begin(): Promise<void> {
    const { volunteer, partner_of_pair, other_volunteer } = this.#town.people;
    const owners = [volunteer, partner_of_pair, volunteer, other_volunteer];
    const many = Number(this.#dice.weighed(PHONES));
    for (const [at, account] of [...owners, ...owners].slice(0, many).entries()) {
      const phone = new SimulatedPhone(
        `phone ${String(at + 1)}`,
        account,
        await this.#signIn(account),
        this.#key,
        this.#server,
      );
      phone.line.heard = (request, answer) => {
        this.#oracle.heard(account, request, answer);
      };
      if (this.#planted.onOpen) phone.opened = this.#planted.onOpen;
      if (this.#planted.misread) phone.line.misread = this.#planted.misread;
      phone.line.dies = () => 1 + this.#dice.below(STATEMENTS);
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
    if (isDeskDeed(kind)) {
      this.#note('desk', kind, phone.name, await this.#desk.do(kind, phone));
      return;
    }
    switch (kind) {
      case 'act':
        if (this.#dice.chance(20)) await this.#start(phone);
        else await phone.open();
        return this.#act(phone);
      case 'sync':
        await this.#sync(phone, this.#mishaps());
        return undefined;
      case 'crash':
        return this.#crash(phone);
      case 'late':
        this.#note(phone.name, 'late', String(await phone.line.deliverLate(this.#dice.below(9))));
        return undefined;
      case 'age':
        phone.line.age = this.#dice.weighed(AGES);
        this.#note(phone.name, 'has an app of', phone.line.age);
        return undefined;
    }
  }

  #mishaps(): Mishap[] {
    return Array.from({ length: 5 }, () => this.#dice.weighed(MISHAPS));
  }

  /** Does it and tells the oracle what its user put in and took out. */
  async #byUser(
    { store, account }: SimulatedPhone,
    act: (takes: Moment['takes']) => Promise<unknown>,
  ): Promise<void> {
    const before = await must(store.entries());
    const copies = this.#desk.restored ? await copiesOn(store) : [];
    const takings: Taking[] = [];
    await act((taking) => takings.push(taking));
    const speaker = { device: store.device.id, account };
    this.#oracle.acted(speaker, takings, before, await must(store.entries()));
    if (copies.length > 0) this.#oracle.copiesTaken(copies, await copiesOn(store));
  }

  /** The phone that is open. */
  async #act(phone: SimulatedPhone): Promise<void> {
    const { store } = phone;
    const deed = this.#dice.weighed(WEIGHTS);
    await this.#byUser(phone, async (takes) => {
      await DEEDS[deed](await this.#moment(store, takes));
      await this.#planted.afterDeed?.(store, deed);
    });
    this.#note(phone.name, deed, String((await must(store.entries())).length));
  }

  async #moment(store: Store, takes: Moment['takes']): Promise<Moment> {
    return {
      screen: await screenOf(store, this.#doors),
      dice: this.#dice,
      word: () => `merk-${String((this.#words += 1))}`,
      lookAgain: () => this.#moment(store, takes),
      takes,
      team: this.#town.team,
    };
  }

  async #sync(phone: SimulatedPhone, mishaps: Mishap[]): Promise<boolean> {
    const planned = mishaps.join(' ');
    const store = await phone.open();
    phone.line.mishaps = mishaps;
    const result = await phone.sync();
    const said = result.ok ? 'ok' : result.error.kind;
    this.#note(phone.name, 'sync', said, planned);
    if (said === 'revoked') return this.#giveUp(phone);
    if (said === 'sign-in-needed' && !this.#desk.closed.has(phone.account)) {
      phone.signedIn(await this.#signIn(phone.account));
    }
    if (!result.ok) await this.#planted.afterFailure?.(store);
    return result.ok;
  }

  async #giveUp(phone: SimulatedPhone): Promise<boolean> {
    const { device } = await phone.open();
    const done = await phone.giveUp(() => this.#signIn(phone.account));
    if (done) {
      const { known } = await this.#server.deed<{ known: Id[] }>('known', {});
      this.#oracle.wiped(device.id, known);
    }
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
    const store = await phone.start();
    await this.#planted.onStart?.(store);
    await this.#byUser(phone, async () => must(releaseAll()));
  }

  /** The line is back and nobody does anything any more. */
  async #rest(): Promise<readonly string[]> {
    for (const phone of this.#phones) {
      phone.line.age = 'today';
      if (this.#desk.restored || this.#desk.closed.has(phone.account)) {
        phone.signedIn(await this.#signIn(phone.account));
      }
    }
    let well = false;
    for (let round = 0; round < ROUNDS_OF_REST; round += 1) {
      well = true;
      for (const phone of this.#phones) {
        await this.#start(phone);
        if (!(await this.#sync(phone, []))) well = false;
      }
    }
    const phones: AtRest[] = [];
    const misplaced: string[] = [];
    for (const phone of this.#phones) {
      const store = await phone.start();
      const { name, account } = phone;
      const entries = await must(store.entries());
      const copies = await copiesOn(store);
      phones.push({ name, account, dossiers: await dossiersOn(store), entries, copies });
      misplaced.push(...(await misplacedFaults(account, this.#key)));
    }
    const look = await this.#server.look([...new Set(phones.map(({ account }) => account))]);
    this.#note('outcomes', ...Object.values(look.outcomes).sort(), ...look.marks);
    const faults = [...faultsAtRest(phones, look, this.#oracle), ...misplaced];
    return well ? faults : ['some phone does not come to rest', ...faults];
  }
}
