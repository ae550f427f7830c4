import { randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, errors } from 'jose';

/**
 * Encrypts what the front door hands to a browser and wants back unchanged: sessions and the state of a sign-in.
 *
 * The key lives as long as the preview: a new start signs everyone out.
 */
export class Seal {
  private readonly key = randomBytes(32);

  /** @param purpose keeps what was sealed for one purpose from being accepted for another */
  public async seal(purpose: string, content: unknown): Promise<string> {
    return new CompactEncrypt(Buffer.from(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', purpose })
      .encrypt(this.key);
  }

  /** The content, or undefined if the text was not sealed by this seal for this purpose, or was changed. */
  public async open<T>(purpose: string, sealed: string): Promise<T | undefined> {
    try {
      const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.key, options);
      return protectedHeader.purpose === purpose ? (JSON.parse(Buffer.from(plaintext).toString()) as T) : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        return undefined;
      }
      throw error;
    }
  }
}
