import type { ECSClientConfig } from '@aws-sdk/client-ecs';
import type { ControlPlane } from './server';

interface Request {
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/**
 * The same control plane without a socket between it and the SDK. Some hundred calls a rollout, some thousand rollouts for each
 * changed line: that is what mutation tests save the sockets for (mutation/README.md).
 */
export function withoutSockets(plane: ControlPlane): ECSClientConfig['requestHandler'] {
  return {
    async handle({ headers, body }: Request, { abortSignal }: { abortSignal?: AbortSignal } = {}) {
      abortSignal?.throwIfAborted();
      const reply = await plane.answer(headers, Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
      if (reply === 'reset') {
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      }
      if (reply === 'nothing') {
        return new Promise((_answer, reject) => abortSignal?.addEventListener('abort', reject));
      }
      return { response: { statusCode: reply.status, headers: reply.headers, body: Buffer.from(reply.body) } };
    },
  } as ECSClientConfig['requestHandler'];
}
