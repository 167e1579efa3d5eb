/**
 * How a round is told apart on map and list: by its letter first, then by shape and colour. Eight
 * colours and five shapes meet in the same pair only after forty rounds.
 */

export const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'hexagon'] as const;
export type Shape = (typeof SHAPES)[number];
export const COLOURS = 8;

export interface Mark {
  readonly letter: string;
  readonly shape: Shape;
  /** 1 to 8: a colour of the theme, `--round-<n>`. */
  readonly colour: number;
}

const LETTERS = 26;

/** A, B … Z, AA, AB …: as the columns of a sheet. */
export function letterOf(index: number): string {
  const before = Math.floor(index / LETTERS);
  const last = String.fromCharCode(65 + (index % LETTERS));
  return before === 0 ? last : letterOf(before - 1) + last;
}

/** The mark of the round at this place of the plan. */
export function markOf(index: number): Mark {
  return {
    letter: letterOf(index),
    shape: SHAPES[index % SHAPES.length] ?? 'circle',
    colour: (index % COLOURS) + 1,
  };
}

const CORNERS: Readonly<Record<Exclude<Shape, 'circle'>, readonly (readonly [number, number])[]>> =
  {
    square: [
      [-0.88, -0.88],
      [0.88, -0.88],
      [0.88, 0.88],
      [-0.88, 0.88],
    ],
    diamond: [
      [0, -1.25],
      [1.25, 0],
      [0, 1.25],
      [-1.25, 0],
    ],
    triangle: [
      [0, -1.35],
      [1.3, 0.9],
      [-1.3, 0.9],
    ],
    hexagon: [
      [-0.55, -1],
      [0.55, -1],
      [1.12, 0],
      [0.55, 1],
      [-0.55, 1],
      [-1.12, 0],
    ],
  };

/** The outline of a shape as an SVG path around (0, 0); all are about equally large. */
export function outlineOf(shape: Shape, radius: number): string {
  const r = radius.toFixed(2);
  if (shape === 'circle')
    return `M-${r} 0a${r} ${r} 0 1 0 ${(2 * radius).toFixed(2)} 0a${r} ${r} 0 1 0 -${(2 * radius).toFixed(2)} 0Z`;
  const corners = CORNERS[shape].map(
    ([x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`,
  );
  return `M${corners.join('L')}Z`;
}
