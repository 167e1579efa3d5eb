/**
 * The tests tested: a planted bug must be found within its seeds. Five are looked for in every test
 * run, all of them with MODEL_MUTANTS=all, some with MODEL_MUTANTS=one,other.
 */
import { afterEach, expect, test } from 'vitest';
import { PLANTED } from './mutants';
import { ModelServer } from './server';
import { Simulation } from './simulation';

/** By name, the bugs of this side and those of tests/model/mutants.py. */
const ALWAYS = [
  'ack-before-commit',
  'missing-idempotency',
  'wrong-merge',
  'queue-cleared-without-outcome',
  'pair-sees-talks',
];
const IN_THE_LONG_RUN = [
  'version-order',
  'erased-in-quarantine',
  'erasing-spares-quarantine',
  'receipt-is-a-cursor',
  'revoked-reads',
  'quarantine-loses',
  'queue-cleared-on-leaving',
  'frozen-thaws',
  'off-by-one-part',
  'drops-unheard',
  'erasure-unheard',
  'erasure-told-once',
  'nonce-reuse',
  'aad-missing',
  'drop-applied-after-restore',
  'copies-not-kept',
  'told-before-known',
  'erasure-not-replayed',
  'effect-without-outcome',
  'old-app-loses-all',
  'aftercare-reads-talk',
  'withdrawal-spares-quarantine',
];
const CHOSEN = process.env['MODEL_MUTANTS'] ?? '';
const ALL = [...ALWAYS, ...IN_THE_LONG_RUN];
const WANTED =
  CHOSEN === ''
    ? ALWAYS
    : CHOSEN === 'all'
      ? ALL
      : ALL.filter((one) => CHOSEN.split(',').includes(one));
const SEEDS = Number(process.env['MODEL_MUTANT_SEEDS'] ?? 40);
const PATIENCE = 3_600_000;

let server: ModelServer | null = null;
afterEach(() => {
  server?.stop();
  server = null;
});

/** The first seed that finds it, and what it says. */
async function found(mutant: string): Promise<{ seed: number; fault: string } | null> {
  server = new ModelServer(mutant);
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { faults } = await Simulation.play(seed, server, PLANTED[mutant]);
    const [fault] = faults;
    if (fault !== undefined) return { seed, fault };
  }
  return null;
}

test.each(WANTED)(
  'the planted bug %s is found',
  async (mutant) => {
    const finding = await found(mutant);
    // The long run reads this line.
    console.log(`planted ${mutant} ${JSON.stringify(finding)}`);
    expect(finding).not.toBeNull();
  },
  PATIENCE,
);
