/** Seeds of the simulation. Choose others with MODEL_SEEDS=from-to, a planted bug with MODEL_MUTANT. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ModelServer } from './server';
import { Simulation } from './simulation';

const [FROM = 1, TO = 40] = (process.env['MODEL_SEEDS'] ?? '1-40').split('-').map(Number);
const PATIENCE = 60_000;

let server: ModelServer;
beforeAll(() => {
  server = new ModelServer();
});
afterAll(() => {
  server.stop();
});

const seeds = Array.from({ length: TO - FROM + 1 }, (_, at) => FROM + at);

test.each(seeds)(
  'seed %i: nothing lost, nothing twice, all equal after rest',
  async (seed) => {
    const { faults, trace } = await Simulation.play(seed, server);
    const story = [...trace, `Replay: MODEL_SEEDS=${String(seed)}-${String(seed)}`].join('\n');
    expect(faults, story).toEqual([]);
  },
  PATIENCE,
);

test(
  'a seed replays identically',
  async () => {
    const first = await Simulation.play(FROM, server);
    expect(await Simulation.play(FROM, server)).toEqual(first);
  },
  PATIENCE,
);
