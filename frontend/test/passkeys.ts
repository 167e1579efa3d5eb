/** A phone's own fingerprint reader in tests: it remembers what it made, and may give secrets (PRF). */
import { createHmac } from 'node:crypto';
import { vi } from 'vitest';

type Creation = NonNullable<CredentialCreationOptions['publicKey']>;
type Asked = NonNullable<CredentialRequestOptions['publicKey']>;

export interface Reader {
  /** Whom each passkey was made for, in hex. */
  readonly users: string[];
  /** The person turns away: nothing is made or given. */
  cancels: boolean;
}

function hex(bytes: BufferSource): string {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  return Buffer.from(view).toString('hex');
}

/** From now on this phone has a reader; `vi.unstubAllGlobals()` takes it away. */
export function addReader({ prf }: { prf: boolean }): Reader {
  const reader: Reader = { users: [], cancels: false };
  const credential = (id: string, salt: BufferSource | undefined): unknown => {
    const secret = createHmac('sha256', id)
      .update(hex(salt ?? new Uint8Array()))
      .digest();
    const results = { first: Uint8Array.from(secret).buffer };
    return {
      rawId: Uint8Array.from(Buffer.from(id, 'hex')).buffer,
      getClientExtensionResults: () => (prf ? { prf: { enabled: true, results } } : {}),
    };
  };
  const create = ({ publicKey }: { publicKey: Creation }): Promise<unknown> => {
    if (reader.cancels) return Promise.reject(new DOMException('no', 'NotAllowedError'));
    reader.users.push(hex(publicKey.user.id));
    const id = `0${String(reader.users.length)}`;
    return Promise.resolve(credential(id, publicKey.extensions?.prf?.eval?.first));
  };
  const get = ({ publicKey }: { publicKey: Asked }): Promise<unknown> => {
    const [wanted] = publicKey.allowCredentials ?? [];
    if (reader.cancels || wanted === undefined)
      return Promise.reject(new DOMException('no', 'NotAllowedError'));
    return Promise.resolve(credential(hex(wanted.id), publicKey.extensions?.prf?.eval?.first));
  };
  vi.stubGlobal('PublicKeyCredential', {
    isUserVerifyingPlatformAuthenticatorAvailable: () => Promise.resolve(true),
  });
  vi.stubGlobal('navigator', { ...navigator, credentials: { create, get } });
  return reader;
}
