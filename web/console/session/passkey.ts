// Passkeys, as the browser keeps them: options come and credentials go as JSON.
export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function'
  && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

/** The person did not choose one, or the browser would not. */
export class NoPasskey extends Error {}

// The options stand by themselves or under their name.
interface Options<T> { options?: T }
const inside = <T extends object>(said: T & Options<T>): T => said.options ?? said;

export async function usePasskey(said: PublicKeyCredentialRequestOptionsJSON & Options<PublicKeyCredentialRequestOptionsJSON>): Promise<object> {
  try {
    const found = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(inside(said)) });
    if (found instanceof PublicKeyCredential) return found.toJSON() as object;
  } catch {
    // Said below.
  }
  throw new NoPasskey();
}

export async function makePasskey(said: PublicKeyCredentialCreationOptionsJSON & Options<PublicKeyCredentialCreationOptionsJSON>): Promise<object> {
  try {
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(inside(said)) });
    if (made instanceof PublicKeyCredential) return made.toJSON() as object;
  } catch {
    // Said below.
  }
  throw new NoPasskey();
}

export function base64url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export async function sha256(body: string | ArrayBuffer): Promise<string> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
