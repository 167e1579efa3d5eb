/** The hash over what the phone holds, by which both sides see that they mean the same. */
import { toHex, utf8, type Bytes } from '../lib/bytes';
import type { Id } from '../store/dossiers';

/** SHA-256 in hex over the lines `id + " " + version + "\n"`, sorted by id. */
export function hashOf(holdings: Readonly<Record<Id, string>>): Promise<string> {
  const lines = Object.keys(holdings)
    .sort()
    .map((id) => `${id} ${holdings[id] ?? ''}\n`);
  return digestOf(utf8(lines.join('')));
}

/** SHA-256 in hex. */
export async function digestOf(bytes: Bytes): Promise<string> {
  // Absent on plain http, whatever the types say.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return (await import('hash-wasm')).sha256(bytes);
  return toHex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}
