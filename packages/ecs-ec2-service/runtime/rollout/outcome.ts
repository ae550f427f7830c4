/** How a rollout ended, in the control plane's own judgement. */
export type Outcome =
  | 'succeeded'
  | 'rolled-back'
  | 'failed'
  | 'superseded'
  | 'stopped'
  | 'timed-out'
  | 'interrupted'
  | 'not-recorded';

/** Exit codes, a contract with every pipeline that calls this tool: never change the meaning of a number. */
export const exitCodes = {
  succeeded: 0,
  unexpected: 1,
  usage: 2,
  'rolled-back': 3,
  failed: 4,
  superseded: 5,
  stopped: 6,
  'timed-out': 7,
  'no-permission': 8,
  'not-recorded': 9,
  unreachable: 10,
  interrupted: 130,
} as const satisfies Record<Outcome | ErrorCode, number>;

/** Why the tool could not do its work, as opposed to how a rollout ended. */
export type ErrorCode = 'usage' | 'no-permission' | 'unreachable' | 'unexpected';

/** What each exit code means, for `--help` and the README. */
export const exitCodeMeanings: Record<keyof typeof exitCodes, string> = {
  succeeded: 'the image is live (or was already)',
  unexpected: 'a bug of this tool, or an answer of AWS that it does not understand',
  usage: 'wrong flags, or a service or image that cannot be deployed like this; nothing was changed',
  'rolled-back': 'the rollout failed, and the version before it is live again',
  failed: 'the rollout failed and was not rolled back: look at the service',
  superseded: 'another deployment of this service took over',
  stopped: 'somebody stopped the rollout',
  'timed-out': 'the time given by --timeout is over; the rollout goes on',
  'no-permission': 'AWS refused a call, or the credentials expired',
  'not-recorded': 'the image is live, but the released-image parameter does not say so',
  unreachable: 'AWS did not answer for too long; a rollout that was started goes on',
  interrupted: 'Ctrl-C; a rollout that was started goes on',
};
