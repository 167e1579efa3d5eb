/** The second half of the seeds, and one of them twice. */
import { expect, test } from 'vitest';
import { FIRST, HALVES, PATIENCE, playSeeds } from './playing';

const play = playSeeds(HALVES.second);

test(
  'a seed replays identically',
  async () => {
    const first = await play(FIRST);
    expect(await play(FIRST)).toEqual(first);
  },
  PATIENCE,
);
