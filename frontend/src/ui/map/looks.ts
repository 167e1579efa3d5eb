/** Looks that can be told apart without colour: each has a shape of its own beside it. Pure. */
import type { Shape } from './places';

export interface Look {
  readonly colour: string;
  readonly shape: Shape;
}

const SHAPES: readonly Shape[] = ['circle', 'square', 'triangle', 'diamond', 'hexagon'];
const COLOURS = 6;

/** The look of the nth of many alike, such as rounds; 30 come by before two are the same. */
export function seriesLook(nth: number): Look {
  const shape = SHAPES[nth % SHAPES.length] ?? 'circle';
  return { colour: `--voordeur-map-${String((nth % COLOURS) + 1)}`, shape };
}
