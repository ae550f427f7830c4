import { FetchError } from 'aws-jwt-verify/error';
import type { Fetcher } from 'aws-jwt-verify/https';

const TIMEOUT_MILLISECONDS = 3000;
const MAX_BYTES = 65_536;

/** Fetches keys, from this machine's preview as well, and never from where a redirect points. */
export const keyFetcher: Fetcher = {
  async fetch(uri) {
    try {
      const response = await fetch(uri, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
      if (!response.ok) {
        throw new Error(`status ${response.status}`);
      }
      const body = await response.arrayBuffer();
      if (body.byteLength > MAX_BYTES) {
        throw new Error('the answer is too long for keys');
      }
      return body;
    } catch (error) {
      throw new FetchError(uri, error);
    }
  },
};
