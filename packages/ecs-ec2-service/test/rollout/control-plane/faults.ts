/** A call that goes wrong. */
export interface Fault {
  /** Actions that it befalls, such as `UpdateService`. Default: all. */
  readonly actions?: readonly string[];
  /** Seconds since the server started, from when and until when it lasts. Default: always. */
  readonly from?: number;
  readonly until?: number;
  /** How many calls it befalls. Default: all of that time. */
  times?: number;
  readonly kind: keyof typeof answers | 'reset' | 'reset-after';
}

/** What AWS answers. Source: Amazon ECS API Reference, "Common Errors". */
export const answers = {
  throttled: [400, 'ThrottlingException', 'Rate exceeded'],
  unavailable: [503, 'ServiceUnavailableException', 'Service is unable to handle request.'],
  broken: [500, 'ServerException', 'These errors are usually caused by a server issue.'],
  deleted: [400, 'ServiceNotFoundException', 'Service not found.'],
  denied: [400, 'AccessDeniedException', 'User: deployer is not authorized to perform this action'],
  expired: [400, 'ExpiredTokenException', 'The security token included in the request is expired'],
} as const;

/** The fault that this call meets, if any. `reset` comes before the call has an effect, `reset-after` once it has. */
export function faultOf(faults: readonly Fault[], action: string, seconds: number): Fault | undefined {
  const fault = faults.find(
    ({ actions, from = 0, until = Number.POSITIVE_INFINITY, times = 1 }) =>
      (!actions || actions.includes(action)) && seconds >= from && seconds < until && times > 0,
  );
  if (fault?.times !== undefined) {
    fault.times--;
  }
  return fault;
}
