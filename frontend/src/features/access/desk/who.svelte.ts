/** Who is at the desk and what they may do, as the server says; in memory only, asked once a session. */
import { get, type Problem } from '../../../api/client';
import { ok, type Result } from '../../../lib/result';
import { currentAccount } from '../../../session/session.svelte';

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly first_name: string;
  readonly role: string;
  readonly municipality: string;
  readonly permissions: readonly string[];
}

let known: Me | null = $state.raw(null);

/** Who is signed in, once the server has said so; another account's answer does not count. */
export function me(): Me | null {
  return known !== null && known.id === currentAccount()?.id ? known : null;
}

/** May this person do that? No, as long as we do not know. */
export function may(permission: string): boolean {
  return me()?.permissions.includes(permission) ?? false;
}

/** Ask who this is, unless it is known. */
export async function whoAmI(): Promise<Result<Me, Problem>> {
  const before = me();
  if (before !== null) return ok(before);
  const answer = await get<Me>('/me');
  if (answer.ok) known = answer.value;
  return answer;
}

/** The municipality got another name: the bar on top shows it at once. */
export function renamed(municipality: string): void {
  if (known !== null) known = { ...known, municipality };
}
