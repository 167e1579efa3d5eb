/**
 * Background Sync: the browser says when there is a line again, also to a window whose timers it
 * has put to sleep. The worker only wakes windows: without the key it can read nothing and sends
 * nothing. Browsers without it lose a few minutes, not a sentence.
 */
import { WAKE } from '../lib/wake-word';

interface Waking {
  readonly sync?: { register(tag: string): Promise<void> };
}

function workers(): ServiceWorkerContainer | undefined {
  return navigator.serviceWorker as ServiceWorkerContainer | undefined;
}

/** Nobody answered: wake us when somebody might. */
export async function askToBeWoken(): Promise<void> {
  try {
    const registration = await workers()?.getRegistration();
    await (registration as Waking | undefined)?.sync?.register(WAKE);
  } catch {
    // Not allowed on this phone: our own timers go on.
  }
}

/** Called when the line is back; tells the worker whether everything went, else it tries again. */
export function onWoken(sync: () => Promise<boolean>): () => void {
  const woken = (event: MessageEvent): void => {
    if (event.data !== WAKE) return;
    const [worker] = event.ports;
    void sync().then((went) => {
      worker?.postMessage(went);
    });
  };
  workers()?.addEventListener('message', woken);
  return () => {
    workers()?.removeEventListener('message', woken);
  };
}
