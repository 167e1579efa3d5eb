/** Stands in for session/stretching where the price of a guess is not looked at: cheap, and as exact. */
export const FULL = { memorySize: 2, iterations: 1 };
export const SMALL = { memorySize: 1, iterations: 1 };

/** 32 bytes that belong to these words and this salt. */
export async function stretch(password: string, salt: BufferSource): Promise<Uint8Array> {
  const typed = new TextEncoder().encode(password);
  const key = await crypto.subtle.importKey('raw', typed, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: new Uint8Array() };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}
