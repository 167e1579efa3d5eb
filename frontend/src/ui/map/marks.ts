/** Points on the map's canvas: a shape, a colour, perhaps a letter. */
import { CircleMarker, type Canvas, type Point } from 'leaflet';
import type { MapPoint, Shape } from './places';

const SIZE = 6;
const CHOSEN_MORE = 3;

/** What Leaflet's canvas gives its marks; not in its published types. */
interface Drawing extends Canvas {
  readonly _ctx: CanvasRenderingContext2D;
  readonly _drawing: boolean;
}

/** Turns a custom property into the colour it now stands for. */
export type Palette = (name: string) => string;

type Corners = readonly (readonly [x: number, y: number])[];

const regular = (many: number, turn: number): Corners =>
  Array.from({ length: many }, (_, at) => {
    const angle = (2 * Math.PI * at) / many + turn;
    return [Math.cos(angle), Math.sin(angle)] as const;
  });

const OUTLINES: Readonly<Record<Exclude<Shape, 'circle' | 'cross'>, Corners>> = {
  square: regular(4, Math.PI / 4),
  diamond: regular(4, 0),
  triangle: regular(3, -Math.PI / 2),
  hexagon: regular(6, 0),
};

// A square seems as large as a circle when it reaches a little further.
const REACH: Readonly<Record<Shape, number>> = {
  circle: 1,
  square: 1.2,
  triangle: 1.35,
  diamond: 1.3,
  hexagon: 1.1,
  cross: 1,
};

function trace(context: CanvasRenderingContext2D, shape: Shape, at: Point, size: number): void {
  context.beginPath();
  if (shape === 'circle') {
    context.arc(at.x, at.y, size, 0, 2 * Math.PI);
    return;
  }
  const far = size * REACH[shape];
  if (shape === 'cross') {
    context.moveTo(at.x - far, at.y - far);
    context.lineTo(at.x + far, at.y + far);
    context.moveTo(at.x + far, at.y - far);
    context.lineTo(at.x - far, at.y + far);
    return;
  }
  OUTLINES[shape].forEach(([x, y], nth) => {
    if (nth === 0) context.moveTo(at.x + x * far, at.y + y * far);
    else context.lineTo(at.x + x * far, at.y + y * far);
  });
  context.closePath();
}

/** One point; Leaflet finds it under a finger as it finds a circle. */
export class Mark extends CircleMarker {
  declare private readonly _point: Point;
  declare private readonly _renderer: Drawing;

  constructor(
    readonly shown: MapPoint,
    private readonly palette: Palette,
    private chosen: boolean,
  ) {
    super([shown.lat, shown.lon], { radius: (shown.size ?? SIZE) + CHOSEN_MORE });
  }

  /** Whether it is drawn as chosen. */
  choose(now: boolean): void {
    if (now === this.chosen) return;
    this.chosen = now;
    this.redraw();
  }

  /** Called by Leaflet whenever this part of the canvas is drawn anew. */
  _updatePath(): void {
    if (!this._renderer._drawing) return;
    const context = this._renderer._ctx;
    const { shape, colour, text, hollow = false, size = SIZE } = this.shown;
    const ink = this.palette(colour);
    const surface = this.palette('--voordeur-surface');
    context.save();
    context.lineJoin = 'round';
    this.outline(context, size);
    trace(context, shape, this._point, size);
    context.fillStyle = hollow ? surface : ink;
    if (shape !== 'cross') context.fill();
    context.strokeStyle = hollow || shape === 'cross' ? ink : surface;
    context.lineWidth = shape === 'cross' ? 2.5 : 1.5;
    context.stroke();
    if (text !== undefined) this.letters(context, text, hollow ? ink : surface);
    context.restore();
  }

  /** What is chosen has a second edge around it. */
  private outline(context: CanvasRenderingContext2D, size: number): void {
    if (!this.chosen) return;
    trace(context, this.shown.shape, this._point, size + CHOSEN_MORE);
    context.lineWidth = 2.5;
    context.strokeStyle = this.palette('--voordeur-ink');
    context.stroke();
  }

  private letters(context: CanvasRenderingContext2D, text: string, colour: string): void {
    context.font = `600 11px ${this.palette('--voordeur-font')}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = colour;
    context.fillText(text, this._point.x, this._point.y + 0.5);
  }
}
