/**
 * Where a door lands that is dragged through the list: pure arithmetic on the lines that are on
 * screen, from top to bottom. A place counts as the server counts it: without the door itself.
 */

/** A line of the list as it lies on screen. */
export interface Line {
  /** '' for the doors that are in no round. */
  readonly roundId: string;
  /** A part of the round: 0 until the pause, 1 after it. */
  readonly leg: number;
  /** The place of the door in its leg; null for the line of a round as a whole. */
  readonly position: number | null;
  /** '' for a line that is no door. */
  readonly doorId: string;
  readonly top: number;
  readonly bottom: number;
}

/** Before the door at `position` of a leg, counted without the door that moves. */
export interface Target {
  readonly roundId: string;
  readonly leg: number;
  readonly position: number;
}

/** Where a door is let go: with `position` null it goes where it adds the least walking. */
export interface Drop {
  readonly roundId: string;
  readonly leg: number;
  readonly position: number | null;
}

export interface Place extends Target {
  readonly doorId: string;
}

/** The line under the pointer; above the first and below the last one it is the nearest. */
export function lineAt(lines: readonly Line[], y: number): Line | null {
  let found: Line | null = null;
  let least = Infinity;
  for (const line of lines) {
    if (y >= line.top && y < line.bottom) return line;
    const far = Math.min(Math.abs(y - line.top), Math.abs(y - line.bottom));
    if (far < least) [found, least] = [line, far];
  }
  return found;
}

/** Does a door that is let go at `y` come behind the one of this line? */
export function isBehind({ doorId, top, bottom }: Line, y: number): boolean {
  return doorId !== '' && y >= (top + bottom) / 2;
}

/**
 * Where it lands when it is let go at `y`: before a door on its upper half, after it on its lower
 * half, on a round's own line somewhere in that round. Null when that is where it already is.
 */
export function dropAt(lines: readonly Line[], y: number, moved: Place): Drop | null {
  const line = lineAt(lines, y);
  if (line === null) return null;
  const { roundId, leg } = line;
  if (line.position === null || roundId === '') {
    return roundId === moved.roundId ? null : { roundId, leg, position: null };
  }
  const position = line.position + (isBehind(line, y) ? 1 : 0);
  return withoutItself({ roundId, leg, position }, moved);
}

/** The same place counted without the door that moves; null when it would stay where it is. */
export function withoutItself(shown: Target, moved: Place): Target | null {
  if (shown.roundId !== moved.roundId || shown.leg !== moved.leg) return shown;
  const position = shown.position > moved.position ? shown.position - 1 : shown.position;
  return position === moved.position ? null : { ...shown, position };
}
