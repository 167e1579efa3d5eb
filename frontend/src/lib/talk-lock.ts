/** While a talk is open in any tab nothing may reload the app: those tabs share a lock that says so. */

const NAME = 'voordeur-talk';

let end: (() => void) | null = null;

/** Whether a talk is open in this tab, now; the browser lets go when the tab goes. */
export function holdTalk(open: boolean): void {
  if (open === (end !== null)) return;
  if (end !== null) {
    end();
    end = null;
    return;
  }
  const talk = new Promise<void>((done) => {
    end = done;
  });
  // A browser without locks knows of its own tab only.
  void (navigator.locks as LockManager | undefined)?.request(NAME, { mode: 'shared' }, () => talk);
}

/** Act while no tab has a talk open, and none can open one; says whether that was so. */
export async function whenNobodyTalks(act: () => Promise<void>): Promise<boolean> {
  const acted = async (): Promise<boolean> => {
    await act();
    return true;
  };
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return end === null && acted();
  return locks.request(NAME, { ifAvailable: true }, (lock) => (lock === null ? false : acted()));
}
