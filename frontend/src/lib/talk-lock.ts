/** While a talk is open in any tab nothing may reload the app: those tabs share a lock that says so. */
import { holdShared, tabLocks } from './shared-lock';

const NAME = 'voordeur-talk';

let end: (() => void) | null = null;

/** Whether a talk is open in this tab, now. */
export function holdTalk(open: boolean): void {
  if (open === (end !== null)) return;
  end?.();
  end = open ? holdShared(NAME) : null;
}

/** Act while no tab has a talk open, and none can open one; says whether that was so. */
export async function whenNobodyTalks(act: () => Promise<void>): Promise<boolean> {
  const acted = async (): Promise<boolean> => {
    await act();
    return true;
  };
  const locks = tabLocks();
  // A browser without locks knows of its own tab only.
  if (locks === null) return end === null && acted();
  return locks.request(NAME, { ifAvailable: true }, (lock) => (lock === null ? false : acted()));
}
