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
import {
  AGES,
  MISHAPS,
  PART_BYTES,
  PHONES,
  ROUNDS_OF_REST,
  STATEMENTS,
  STEPS,
  STEP_WEIGHTS,
} from './chances';
import { Dice } from './dice';
import { Desk, isDeskDeed } from './desk';
import { faultsAtRest, type AtRest } from './invariants';
import type { Mishap } from './line';
import { LooseNotes } from './loose-notes';
import type { Planted } from './mutants';
import type { Moment } from './moments';
import { Oracle } from './oracle';
import { DEEDS, WEIGHTS } from './people';
import { copiesOn, dossiersOn, SimulatedPhone } from './phones';
import { screenOf } from './screens';
import type { Taking } from './taking-out';
import { lookAtNonces, misplacedFaults } from './sealed-rows';
import type { ModelServer, Town } from './server';

export interface Run {
  readonly faults: readonly string[];
  /** What happened, line by line: the same for the same seed. */
  readonly trace: readonly string[];
}

export class Simulation {
  readonly #dice: Dice;
  readonly #oracle: Oracle;
  readonly #loose = new LooseNotes();
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
    this.#desk = new Desk({ server, town, dice, oracle, loose: this.#loose, doors, phones });
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
      phone.line.meanwhile = () => (phone.isOpen ? this.#act(phone) : Promise.resolve());
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
      case 'loose':
        return this.#writeLoose(phone);
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

  #word(): string {
    return `merk-${String((this.#words += 1))}`;
  }

  /** Whoever cannot open their phone writes something down; it may go at once. */
  async #writeLoose(phone: SimulatedPhone): Promise<void> {
    const kept = await this.#loose.write(phone, this.#word());
    this.#note(phone.name, 'writes a loose note', String(kept));
    phone.line.mishaps = this.#mishaps();
    if (this.#dice.chance(40)) await this.#sendLoose(phone);
  }

  async #moment(store: Store, takes: Moment['takes']): Promise<Moment> {
    return {
      screen: await screenOf(store, this.#doors),
      dice: this.#dice,
      word: () => this.#word(),
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
    await this.#sendLoose(phone);
    const said = result.ok ? 'ok' : result.error.kind;
    this.#note(phone.name, 'sync', said, planned);
    if (said === 'revoked') return this.#giveUp(phone);
    if (said === 'sign-in-needed' && !this.#desk.closed.has(phone.account)) {
      phone.signedIn(await this.#signIn(phone.account));
    }
    if (!result.ok) await this.#planted.afterFailure?.(store);
    return result.ok;
  }

  /** The answer may say that the phone was reported lost: then its store is gone. */
  async #sendLoose(phone: SimulatedPhone): Promise<void> {
    const before = await phone.deviceHere();
    await this.#loose.send(phone);
    if (before === null || (await phone.deviceHere()) !== null) return;
    await this.#emptied(before);
    phone.beginsAnew(await this.#signIn(phone.account));
  }

  async #emptied(device: Id): Promise<void> {
    const { known } = await this.#server.deed<{ known: Id[] }>('known', {});
    this.#oracle.wiped(device, known);
  }

  async #giveUp(phone: SimulatedPhone): Promise<boolean> {
    const { device } = await phone.open();
    const done = await phone.giveUp(() => this.#signIn(phone.account));
    if (done) await this.#emptied(device.id);
    this.#note(phone.name, 'gives up', String(done));
    return false;
  }

  async #crash(phone: SimulatedPhone): Promise<void> {
    this.#note(phone.name, 'starts again');
    await this.#planted.onLeaving?.(await phone.open());
    await this.#start(phone);
  }

  /** As the app does at its start: what an editor held when it was killed may go now. */
  async #start(phone: SimulatedPhone): Promise<void> {
    const store = await phone.start();
    await this.#planted.onStart?.(store);
    await this.#byUser(phone, async () => must(releaseAll()));
  }

  /** Every phone starts and syncs once; says whether all went well. */
  async #round(): Promise<boolean> {
    let well = true;
    for (const phone of this.#phones) {
      await this.#start(phone);
      if (!(await this.#sync(phone, []))) well = false;
    }
    return well;
  }

  /** The line is back and nobody does anything any more. */
  async #rest(): Promise<readonly string[]> {
    for (const phone of this.#phones) {
      phone.line.age = 'today';
      if (this.#desk.restored || this.#desk.closed.has(phone.account)) {
        phone.signedIn(await this.#signIn(phone.account));
      }
    }
    let well = await this.#round();
    // Of a phone that was made anew its owner's other ones hear one round later.
    const rounds = well ? ROUNDS_OF_REST - 1 : ROUNDS_OF_REST;
    for (let round = 1; round < rounds; round += 1) well = await this.#round();
    const phones: AtRest[] = [];
    const misplaced: string[] = [];
    for (const phone of this.#phones) {
      const store = await phone.start();
      const { name, account } = phone;
      const [entries, copies] = [await must(store.entries()), await copiesOn(store)];
      phones.push({ name, account, dossiers: await dossiersOn(store), entries, copies });
      misplaced.push(...(await misplacedFaults(account, this.#key)));
    }
    const look = await this.#server.look([...new Set(phones.map(({ account }) => account))]);
    this.#note('outcomes', ...Object.values(look.outcomes).sort(), ...look.marks);
    const loose = await this.#loose.faults(look);
    const faults = [...faultsAtRest(phones, look, this.#oracle), ...misplaced, ...loose];
    return well ? faults : ['some phone does not come to rest', ...faults];
  }
}
