/** Every test starts with seeded ports: no real time, randomness or network. */
import { afterEach, beforeEach } from 'vitest';
import { replacePorts } from '../src/lib/ports';
import { seededPorts } from '../src/lib/ports-seeded';

let restore: () => void = () => undefined;

beforeEach(() => {
  restore = replacePorts(seededPorts(1));
});

afterEach(() => {
  restore();
});
