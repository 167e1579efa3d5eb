/**
 * Which kinds of lock this phone's store has, remembered beside it: a slow phone then asks for the
 * words before its database is open. Only a guess to draw by; the store has the last word. Whoever
 * takes a store away on purpose forgets them first: by that an open tab knows what was no accident.
 */
import type { Id } from './dossiers';
import type { Lock } from './keyring';

type Kind = Lock['kind'];

const REMEMBERED = 'voordeur.locks';
const KINDS: readonly unknown[] = ['passphrase', 'passkey'] satisfies Kind[];

/** The kinds of this account's locks as they were last seen; none where nobody knows. */
export function recalledKinds(user: Id): readonly Kind[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
    const { user: whose, kinds } = (value ?? {}) as { user?: unknown; kinds?: unknown };
    if (whose !== user || !Array.isArray(kinds)) return [];
    return kinds.filter((kind): kind is Kind => KINDS.includes(kind));
  } catch {
    return [];
  }
}

/** Remember them for the next start. */
export function rememberKinds(user: Id, kinds: readonly Kind[]): void {
  try {
    if (kinds.length === 0) localStorage.removeItem(REMEMBERED);
    else localStorage.setItem(REMEMBERED, JSON.stringify({ user, kinds }));
  } catch {
    // Private windows refuse storage: the next start then waits for the store.
  }
}
