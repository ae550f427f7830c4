import type { Authentication } from './authentication';
import type { Condition } from './conditions';
import type { DoorAttributes } from './door-attributes';
import type { JwtValidation } from './jwt-validation';
import type { Redirect } from './redirect';
import type { TargetGroup } from './target-group';

export interface Authenticate {
  readonly type: 'authenticate';
  readonly authentication: Authentication;
}

export interface ValidateJwt {
  readonly type: 'validate-jwt';
  readonly validation: JwtValidation;
}

export interface Forward {
  readonly type: 'forward';
  readonly targets: readonly { readonly group: TargetGroup; readonly weight: number }[];
}

export interface FixedResponse {
  readonly type: 'fixed-response';
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

export type Gate = Authenticate | ValidateJwt;
export type Answer = Forward | Redirect | FixedResponse;

/** A listener rule: if all conditions match, its gates are passed one by one and its answer is given. */
export interface Rule {
  /** Logical id in the template. */
  readonly name: string;
  /** The default rule has the highest number. */
  readonly priority: number;
  readonly conditions: readonly Condition[];
  readonly gates: readonly Gate[];
  readonly answer: Answer;
}

/** The HTTPS listener of a template, with everything that decides what it answers. */
export interface FrontDoor {
  readonly listenerName: string;
  readonly loadBalancerArn: string;
  readonly region: string;
  /** In the order in which the load balancer looks at them; the last one is the default. */
  readonly rules: readonly Rule[];
  readonly attributes: DoorAttributes;
}
