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

/** Of every account that has a store here; an earlier version remembered the last one only. */
function remembered(): Record<Id, unknown> {
  const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
  if (typeof value !== 'object' || value === null) return {};
  const { user, kinds } = value as { user?: unknown; kinds?: unknown };
  return typeof user === 'string' ? { [user]: kinds } : (value as Record<Id, unknown>);
}

/** The kinds of this account's locks as they were last seen; none where nobody knows. */
export function recalledKinds(user: Id): readonly Kind[] {
  try {
    const kinds = remembered()[user];
    if (!Array.isArray(kinds)) return [];
    return kinds.filter((kind): kind is Kind => KINDS.includes(kind));
  } catch {
    return [];
  }
}

/** Whose stores lie on this phone, as far as is remembered. */
export function accountsHere(): readonly Id[] {
  try {
    return Object.keys(remembered());
  } catch {
    return [];
  }
}

/** Remember them for the next start; none forgets this account, and no other. */
export function rememberKinds(user: Id, kinds: readonly Kind[]): void {
  try {
    const others = Object.entries(remembered()).filter(([whose]) => whose !== user);
    const all = kinds.length === 0 ? others : [...others, [user, kinds]];
    if (all.length === 0) localStorage.removeItem(REMEMBERED);
    else localStorage.setItem(REMEMBERED, JSON.stringify(Object.fromEntries(all)));
  } catch {
    // Private windows refuse storage: the next start then waits for the store.
  }
}
