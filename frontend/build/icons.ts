/**
 * Serves `virtual:icons`: the shapes of the icons named in src/ui/icon-names.ts, read from Lucide.
 * Only named icons reach the bundle, as data: no markup string, so Trusted Types stay strict.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { iconNames } from '../src/ui/icon-names.ts';

const VIRTUAL = 'virtual:icons';
const RESOLVED = `\0${VIRTUAL}`;

function shapes(): Record<string, unknown> {
  const path = createRequire(import.meta.url).resolve('lucide-static/icon-nodes.json');
  const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return Object.fromEntries(
    iconNames.map((name) => {
      const shape = all[name];
      if (shape === undefined) throw new Error(`Lucide has no icon named "${name}"`);
      return [name, shape];
    }),
  );
}

export function icons(): Plugin {
  return {
    name: 'voordeur-icons',
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `export default ${JSON.stringify(shapes())}` : undefined),
  };
}
