/** The neutral card: one tap lays it over everything, and it stays until the volunteer lifts it. */

let covered = $state(false);

export function isCovered(): boolean {
  return covered;
}

export function cover(): void {
  covered = true;
}

export function uncover(): void {
  covered = false;
}
