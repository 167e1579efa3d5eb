/** A door that is being dragged: what is under the pointer, and the page that scrolls along. */
import { dropAt, isBehind, lineAt, type Drop, type Line, type Place } from './dragging';

/** So near to an edge of the window, in pixels, the page scrolls along. */
const EDGE = 72;
const SPEED = 10;
/** So long over a closed round it opens, in milliseconds. */
const LINGERS = 600;

/** What is drawn where the door would land. */
export interface Hint {
  readonly doorId: string;
  readonly roundId: string;
  readonly edge: 'before' | 'after' | 'onto';
}

export class Drag {
  place: Place | null = $state.raw(null);
  hint: Hint | null = $state.raw(null);
  x = $state(0);
  y = $state(0);
  private drop: Drop | null = null;
  private over: { roundId: string; since: number } | null = null;

  constructor(
    private readonly root: () => HTMLElement | undefined,
    private readonly ondrop: (doorId: string, drop: Drop) => void,
    private readonly onlinger: (roundId: string) => void,
  ) {}

  start(event: PointerEvent, place: Place): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.place = place;
    this.move(event);
    requestAnimationFrame((now) => {
      this.tick(now);
    });
  }

  move(event: PointerEvent): void {
    if (this.place === null) return;
    this.x = event.clientX;
    this.y = event.clientY;
    this.look();
  }

  end(): void {
    const { place, drop } = this;
    this.cancel();
    if (place !== null && drop !== null) this.ondrop(place.doorId, drop);
  }

  cancel(): void {
    this.place = null;
    this.hint = null;
    this.drop = null;
    this.over = null;
  }

  private look(): void {
    if (this.place === null) return;
    const lines = this.lines();
    const line = lineAt(lines, this.y);
    this.drop = dropAt(lines, this.y, this.place);
    this.hint = line === null || this.drop === null ? null : hintOf(line, this.y);
  }

  private lines(): Line[] {
    const found = this.root()?.querySelectorAll<HTMLElement>('[data-line]') ?? [];
    return [...found].map((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const { round = '', leg = '0', position = '', door = '' } = element.dataset;
      return {
        roundId: round,
        leg: Number(leg),
        position: position === '' ? null : Number(position),
        doorId: door,
        top,
        bottom,
      };
    });
  }

  /** Once a frame: scroll at the edges, and open a round over which the door lingers. */
  private tick(now: number): void {
    if (this.place === null) return;
    const up = EDGE - this.y;
    const down = this.y - (window.innerHeight - EDGE);
    if (up > 0 || down > 0) {
      window.scrollBy({ top: up > 0 ? -SPEED : SPEED, behavior: 'instant' });
      this.look();
    }
    const roundId = this.hint?.edge === 'onto' ? this.hint.roundId : '';
    if (roundId === '') this.over = null;
    else if (this.over?.roundId !== roundId) this.over = { roundId, since: now };
    else if (now - this.over.since > LINGERS) {
      this.onlinger(roundId);
      this.over = null;
    }
    requestAnimationFrame((next) => {
      this.tick(next);
    });
  }
}

function hintOf(line: Line, y: number): Hint {
  const { doorId, roundId } = line;
  if (line.position === null || roundId === '') return { doorId: '', roundId, edge: 'onto' };
  return { doorId, roundId, edge: isBehind(line, y) || doorId === '' ? 'after' : 'before' };
}
