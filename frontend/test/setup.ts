/** Every test starts with seeded ports: no real time, randomness or network; screens have their words. */
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { withRareWords, withTalkWords } from '../src/lib/i18n.svelte';
import { replacePorts } from '../src/lib/ports';
import { seededPorts } from '../src/lib/ports-seeded';

let restore: () => void = () => undefined;

beforeAll(() => withRareWords(() => withTalkWords(() => Promise.resolve())));

beforeEach(() => {
  restore = replacePorts(seededPorts(1));
});

afterEach(() => {
  restore();
});
