/** The first half of the seeds. */
import { HALVES, playSeeds } from './playing';

playSeeds(HALVES.first);
