/** The hash over what the phone holds, by which both sides see that they mean the same. */
import type { Id } from '../store/dossiers';

/** SHA-256 in hex over the lines `id + " " + version + "\n"`, sorted by id. */
export async function hashOf(holdings: Readonly<Record<Id, string>>): Promise<string> {
  const lines = Object.keys(holdings)
    .sort()
    .map((id) => `${id} ${holdings[id] ?? ''}\n`);
  const bytes = new TextEncoder().encode(lines.join(''));
  // Absent on plain http, whatever the types say.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return (await import('hash-wasm')).sha256(bytes);
  const digest = await subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
