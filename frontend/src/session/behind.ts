/** What lies in a store, open or shut, for the server alone. */
import type { Result } from '../lib/result';
import { currentStore } from '../store/current';
import type { Id } from '../store/dossiers';
import { leftBehind } from '../store/leaving';
import type { LeftBehind, StoreProblem } from '../store/types';

/** Where it is open that store has it; shut, or in another's hands, it is read as it lies there. */
export function behind(user: Id): Promise<Result<LeftBehind, StoreProblem>> {
  const open = currentStore();
  return open?.accountId === user ? open.leftBehind() : leftBehind(user);
}

/** How many things that were to be sent go to the server alone when this store is given up. */
export async function waitingBehind(user: Id): Promise<number> {
  const found = await behind(user);
  return found.ok ? found.value.boxes.length + found.value.loose.length : 0;
}

/** How many things nobody but who opens the store can still send: the server was never heard. */
export async function bareBehind(user: Id): Promise<number> {
  const found = await behind(user);
  return found.ok ? found.value.bare : 0;
}

/** How many half-filled forms go with them: they waited for a person, not for a line. */
export async function formsBehind(user: Id): Promise<number> {
  const found = await behind(user);
  return found.ok ? found.value.forms.length : 0;
}
