/** Whether this browser may, and can, hold anything sealed; if not, why. */
import type { StoreProblem } from '../store/types';

/**
 * `tab`: an iPhone or iPad outside the home screen, where Safari empties the storage after seven
 * days. `lockdown`: what a lock needs is switched off. `insecure`: no cryptography on this address.
 */
export type NotHeld = 'tab' | 'lockdown' | 'insecure' | StoreProblem['kind'];

/** Only Safari's engine on iPhone and iPad has the word, and says false in a tab. */
function isTab(): boolean {
  const { standalone } = navigator as { standalone?: boolean };
  return standalone === false && !matchMedia('(display-mode: standalone)').matches;
}

async function noRoom(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined;
  try {
    return (await storage?.estimate())?.quota === 0;
  } catch {
    // It does not tell: writing will.
    return false;
  }
}

/** Why nothing may be held here that is not held yet; null where it may. */
export async function whyNotHeld(): Promise<NotHeld | null> {
  if (isTab()) return 'tab';
  if ((crypto.subtle as SubtleCrypto | undefined) === undefined) return 'insecure';
  // Words and PIN are stretched in it.
  if (typeof WebAssembly === 'undefined') return 'lockdown';
  return (await noRoom()) ? 'quota' : null;
}

/** What is missing altogether says more than that opening failed: both go in Lockdown Mode. */
export function whyNotOpened({ kind }: StoreProblem): NotHeld {
  return kind === 'unavailable' && typeof WebAssembly === 'undefined' ? 'lockdown' : kind;
}
