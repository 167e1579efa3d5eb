/**
 * The tests tested: a planted bug must be found within its seeds. Five are looked for in every test
 * run, all of them with MODEL_MUTANTS=all, some with MODEL_MUTANTS=one,other.
 */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { PLANTED } from './mutants';
import { ModelServer } from './server';
import { Simulation } from './simulation';

/** By name, the bugs of this side and those of tests/model/mutants.py. */
const NAMES = JSON.parse(readFileSync('test/model/mutants.json', 'utf8')) as {
  readonly always: readonly string[];
  readonly in_the_long_run: readonly string[];
};
const CHOSEN = process.env['MODEL_MUTANTS'] ?? '';
const ALL = [...NAMES.always, ...NAMES.in_the_long_run];
const WANTED = ALL.filter((name) => {
  if (CHOSEN === '') return NAMES.always.includes(name);
  return CHOSEN === 'all' || CHOSEN.split(',').includes(name);
});
/** How many, or from which to which. */
const [TO = 40, FROM = 1] = (process.env['MODEL_MUTANT_SEEDS'] ?? '40')
  .split('-')
  .map(Number)
  .reverse();
const PATIENCE = 3_600_000;

let server: ModelServer | null = null;
afterEach(() => {
  server?.stop();
  server = null;
});

/** The first seed that finds it, and what it says. */
async function found(mutant: string): Promise<{ seed: number; fault: string } | null> {
  server = new ModelServer(mutant);
  for (let seed = FROM; seed <= TO; seed += 1) {
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
