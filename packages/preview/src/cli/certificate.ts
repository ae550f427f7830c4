import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { generate } from 'selfsigned';
import { PreviewError } from '../errors';
import type { Certificate } from '../front-door/listen';
import type { HttpsChoice } from './parse-arguments';

const DAYS = 7;

/** The certificate for the door: none, one that is made now, or one of the caller's. */
export async function certificateFor(choice: HttpsChoice): Promise<Certificate | undefined> {
  if (choice === 'off') {
    return undefined;
  }
  if (choice === 'made') {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      notAfterDate: new Date(Date.now() + DAYS * 86_400_000),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
            { type: 7, ip: '::1' },
          ],
        },
      ],
    });
    return { cert, key };
  }
  const certificate = { cert: readFileSync(choice.certFile, 'utf8'), key: readFileSync(choice.keyFile, 'utf8') };
  try {
    createSecureContext(certificate);
  } catch (cause) {
    throw new PreviewError(
      'usage',
      `'--cert' and '--key' must be a certificate and its own key, in PEM, got: ${choice.certFile} and ${choice.keyFile}`,
      { cause },
    );
  }
  return certificate;
}
