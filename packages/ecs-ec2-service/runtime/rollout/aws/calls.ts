import type { Clock } from '../clock';
import type { Report } from '../report/events';
import { RolloutError } from '../rollout-error';
import { classify } from './classify';
import type { Clients } from './clients';

/** How long a call may keep failing for passing reasons before the tool gives up, in milliseconds. */
const PATIENCE = 5 * 60_000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8_000;
const MOST_CREDENTIAL_RENEWALS = 3;

/** What a call is sent with: Ctrl-C ends one that is under way, too. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Calls AWS, with the patience of somebody who must not lose sight of a rollout. */
export class Aws {
  private clients: Clients;
  private renewals = 0;

  constructor(
    private readonly makeClients: () => Clients,
    private readonly clock: Clock,
    private readonly report: Report,
    private readonly signal: AbortSignal,
  ) {
    this.clients = makeClients();
  }

  /**
   * @param what the IAM action, such as `ecs:UpdateService`: what the reader must allow when it is refused
   * @throws RolloutError when AWS refuses, or does not answer for too long; any other error of AWS as it is
   */
  async call<T>(what: string, send: (clients: Clients, options: SendOptions) => Promise<T>): Promise<T> {
    const giveUpAt = this.clock.now() + PATIENCE;
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.abortable((options) => send(this.clients, options));
        this.renewals = 0;
        return answer;
      } catch (error) {
        await this.judge(error, what, attempt, giveUpAt);
      }
    }
  }

  /** A signal of its own for each call: the SDK leaves its listeners behind, and Node warns of the eleventh. */
  private async abortable<T>(send: (options: SendOptions) => Promise<T>): Promise<T> {
    const own = new AbortController();
    const abort = () => own.abort();
    this.signal.addEventListener('abort', abort);
    try {
      return await send({ abortSignal: own.signal });
    } finally {
      this.signal.removeEventListener('abort', abort);
    }
  }

  /** Waits when another attempt makes sense, else throws. */
  private async judge(error: unknown, what: string, attempt: number, giveUpAt: number): Promise<void> {
    this.signal.throwIfAborted();
    const kind = classify(error);
    const { name = 'Error', message = '' } = error as Error;
    if (/^Region\b/.test(message)) {
      // Words of the SDK: "Region is missing", "Region not accepted".
      throw new RolloutError('usage', `'AWS_REGION' must name the region of the service, got: ${message}`, {
        cause: error,
      });
    }
    if (kind === 'other') {
      throw error;
    }
    if (kind === 'no-permission') {
      throw new RolloutError(
        'no-permission',
        `AWS refused ${what}: allow it to the role that runs this. (${message})`,
        { cause: error },
      );
    }
    if (kind === 'expired-credentials') {
      if (this.renewals >= MOST_CREDENTIAL_RENEWALS) {
        throw new RolloutError(
          'no-permission',
          `The credentials are missing or expired (${name}): get new ones and run the same command again, it attaches to the rollout.`,
          { cause: error },
        );
      }
      // New clients ask the credential sources again: a role's session may have been renewed on the disk.
      this.renewals++;
      this.clients = this.makeClients();
    }
    if ((kind === 'clock-skew' && attempt >= 3) || this.clock.now() >= giveUpAt) {
      throw new RolloutError(
        'unreachable',
        `AWS does not answer ${what} (${name}: ${message}). Check the network and the clock of this machine; 'ecs-rollout status' tells what became of a rollout.`,
        { cause: error },
      );
    }
    this.report({ type: 'retrying', what, because: name });
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
    await this.clock.sleep(longest * (0.5 + Math.random() / 2), this.signal);
  }
}
