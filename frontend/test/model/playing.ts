/**
 * Seeds of the simulation as tests, in two files that run side by side. Choose others with
 * MODEL_SEEDS=from-to.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModelServer } from './server';
import { Simulation, type Run } from './simulation';

const [FROM = 1, TO = 300] = (process.env['MODEL_SEEDS'] ?? '1-300').split('-').map(Number);
const HALF = Math.ceil((TO - FROM + 1) / 2);
export const FIRST = FROM;
export const PATIENCE = 60_000;

/** The first half has one seed more where they are not even: it is never empty. */
export const HALVES = {
  first: Array.from({ length: HALF }, (_, at) => FROM + at),
  second: Array.from({ length: TO - FROM + 1 - HALF }, (_, at) => FROM + HALF + at),
};

/** A test for each seed; gives what plays one of them once more. */
export function playSeeds(seeds: readonly number[]): (seed: number) => Promise<Run> {
  let server: ModelServer;
  beforeAll(() => {
    server = new ModelServer();
  });
  afterAll(() => {
    server.stop();
  });
  test.each(seeds)(
    'seed %i: nothing lost, nothing twice, all equal after rest',
    async (seed) => {
      const { faults, trace } = await Simulation.play(seed, server);
      const story = [...trace, `Replay: MODEL_SEEDS=${String(seed)}-${String(seed)}`].join('\n');
      expect(faults, story).toEqual([]);
    },
    PATIENCE,
  );
  return (seed) => Simulation.play(seed, server);
}
