/** What can be done with the locks of an open phone, and which of them must be opened for it. */
import type { lockKinds } from '../../../session/opening.svelte';

type Kinds = ReturnType<typeof lockKinds>;
export type LockAct = 'new_words' | 'add_words' | 'add_passkey' | 'take_words' | 'take_passkey';

/** The lock that this act takes away; null where it takes none. */
export function taken(act: LockAct): Kinds[number] | null {
  if (act === 'take_words') return 'passphrase';
  return act === 'take_passkey' ? 'passkey' : null;
}

/** Which locks may be opened first: of what is taken away the other, so that it is sure to work. */
export function mayProve(act: LockAct, kinds: Kinds): Kinds {
  return kinds.filter((kind) => kind !== taken(act));
}

/** What can be done, the main thing first; `passkey`: can this phone make one? */
export function actsFor(kinds: Kinds, passkey: boolean): LockAct[] {
  const words = kinds.includes('passphrase');
  const acts: LockAct[] = [words ? 'new_words' : 'add_words'];
  if (!kinds.includes('passkey')) return passkey ? [...acts, 'add_passkey'] : acts;
  return words ? [...acts, 'take_words', 'take_passkey'] : acts;
}
