/**
 * That a loose note may wait on this phone, remembered beside the stores: a phone that lies shut then
 * knows without a look at its disk whether there is something to send. Only a guess; the store has
 * the last word.
 */
const REMEMBERED = 'voordeur.loose';

/** May there be one, of anybody who has a store here? */
export function someLoose(): boolean {
  try {
    return localStorage.getItem(REMEMBERED) !== null;
  } catch {
    return false;
  }
}

/** Remember that there is one, or that there is none. */
export function rememberLoose(some: boolean): void {
  try {
    if (some) localStorage.setItem(REMEMBERED, '1');
    else localStorage.removeItem(REMEMBERED);
  } catch {
    // Private windows refuse storage: an open store, or a hand-over, sends it all the same.
  }
}
