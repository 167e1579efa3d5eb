/**
 * Serves `virtual:icons`: the outlines of the icons named in src/ui/icon-names.ts, read from Lucide.
 * Only named icons reach the bundle, as data: no markup string, so Trusted Types stay strict. Each
 * is one outline, because a list draws dozens of icons and a slow phone pays for every element.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { iconNames } from '../src/ui/icon-names.ts';

const VIRTUAL = 'virtual:icons';
const RESOLVED = `\0${VIRTUAL}`;

type Attributes = Readonly<Record<string, string>>;
type Shape = readonly [tag: string, attributes: Attributes];

const OUTLINES: Readonly<Record<string, (attributes: Attributes) => string>> = {
  // Each begins at its own place: a first "m" counts from the origin.
  path: ({ d = '' }) => (d.startsWith('m') ? `M0 0${d}` : d),
  line: ({ x1 = '', y1 = '', x2 = '', y2 = '' }) => `M${x1} ${y1}L${x2} ${y2}`,
  circle: (attributes) => {
    const [cx, cy, r] = numbers(attributes, 'cx', 'cy', 'r');
    const half = (to: number): string => `a${String(r)} ${String(r)} 0 1 0 ${String(to)} 0`;
    return `M${String(cx - r)} ${String(cy)}${half(2 * r)}${half(-2 * r)}z`;
  },
  rect: (attributes) => {
    const [x, y, r] = numbers(attributes, 'x', 'y', 'rx');
    const [width, height] = numbers(attributes, 'width', 'height', 'rx');
    const corner = (dx: number, dy: number): string =>
      `a${String(r)} ${String(r)} 0 0 1 ${String(dx)} ${String(dy)}`;
    const across = String(width - 2 * r);
    const down = String(height - 2 * r);
    const top = `M${String(x + r)} ${String(y)}h${across}${corner(r, r)}v${down}${corner(-r, r)}`;
    return `${top}h-${across}${corner(-r, -r)}v-${down}${corner(r, -r)}z`;
  },
};

function numbers(
  attributes: Attributes,
  ...names: [string, string, string]
): [number, number, number] {
  return names.map((name) => Number(attributes[name])) as [number, number, number];
}

/** The shapes of one icon as the data of one path. */
export function outline(shapes: readonly Shape[]): string {
  return shapes
    .map(([tag, attributes]) => {
      const draw = OUTLINES[tag];
      if (draw === undefined) throw new Error(`An icon has a shape that we cannot draw: ${tag}`);
      return draw(attributes);
    })
    .join('');
}

function outlines(): Record<string, string> {
  const path = createRequire(import.meta.url).resolve('lucide-static/icon-nodes.json');
  const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, readonly Shape[]>;
  return Object.fromEntries(
    iconNames.map((name) => {
      const shapes = all[name];
      if (shapes === undefined) throw new Error(`Lucide has no icon named "${name}"`);
      return [name, outline(shapes)];
    }),
  );
}

export function icons(): Plugin {
  return {
    name: 'voordeur-icons',
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `export default ${JSON.stringify(outlines())}` : undefined),
  };
}
