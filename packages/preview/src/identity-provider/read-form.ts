import type { IncomingMessage } from 'node:http';

/** E-mail and password are no longer than this. */
const MAX_FORM_BYTES = 4_096;

/** The fields of a form that was sent; none if it is larger than a sign-in can be. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > MAX_FORM_BYTES) {
      return new URLSearchParams();
    }
  }
  return new URLSearchParams(text);
}
