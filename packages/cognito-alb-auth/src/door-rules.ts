import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { PathExpressionCondition } from './path-expression-condition';
import { escapesFrom, perRule } from './paths';

export interface DoorRulesProps {
  readonly listener: elbv2.IApplicationListener;
  readonly publicPaths: readonly string[];
  readonly apiPaths: readonly string[];
  /** Paths that programs may ask for with a token, if there are any. */
  readonly machinePaths: readonly string[];
  /** Forwards to the app without asking who is there. */
  readonly open: elbv2.ListenerAction;
  /** Answers 401 without a session, and forwards with one. */
  readonly deny: () => elbv2.ListenerAction;
  /** Answers 401 without a valid token, and forwards with one. */
  readonly token?: () => elbv2.ListenerAction;
  /** The app's own address, where a listener has several. */
  readonly host?: string;
  /** Numbers of the rules. */
  readonly priorityOf: (kind: RuleKind, index: number) => number;
  /** Whether somebody else refuses forged headers for this listener. */
  readonly forgeryRefused?: boolean;
}

/** Kinds of rules, in the order in which the load balancer must look at them. */
export type RuleKind = 'forged' | 'escapes' | 'machines' | 'open' | 'api' | 'scripts';

/** First numbers of the kinds of rules: 1 and 2 belong to signing out. The gaps leave room for rules of the owner. */
export const PRIORITY = {
  signOut: 1,
  turnedAway: 2,
  forged: 10,
  escapes: 20,
  machines: 1000,
  open: 2000,
  api: 3000,
  scripts: 4000,
};

/** Number of a rule on a listener that one app has for itself. */
export function ownPriority(kind: RuleKind, index: number): number {
  return PRIORITY[kind] + index;
}

/** Headers by which the load balancer says who is there. */
export const IDENTITY_HEADERS = ['x-amzn-oidc-identity', 'x-amzn-oidc-data', 'x-amzn-oidc-accesstoken'];

/** The rules between signing out and the last one, which asks for sign-in. */
export class DoorRules extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: DoorRulesProps,
  ) {
    super(scope, id);
    // The host is one more value in each rule.
    const hosts = props.host === undefined ? 0 : 1;
    const unsigned = [...props.publicPaths, ...props.machinePaths];
    if (unsigned.length > 0) {
      if (!props.forgeryRefused) {
        refuseForgery(this, props.listener, (index) => props.priorityOf('forged', index));
      }
      this.refuseEscapes(escapesFrom(unsigned));
    }
    const { token } = props;
    if (token) {
      this.addRules('Machines', 'machines', perRule(props.machinePaths, 1 + hosts), token, [
        elbv2.ListenerCondition.httpHeader('Authorization', ['Bearer *']),
      ]);
    }
    this.addRules('Public', 'open', perRule(props.publicPaths, hosts), () => props.open);
    this.addRules('Api', 'api', perRule(props.apiPaths, hosts), props.deny);
    this.denyScripts(props.deny());
  }

  private refuseEscapes(portions: readonly string[][]) {
    for (const [index, expressions] of portions.entries()) {
      this.addRule(`Escape${index}`, this.props.priorityOf('escapes', index), refuse('This path has two meanings.'), [
        new PathExpressionCondition(expressions),
      ]);
    }
  }

  /**
   * A script of a page cannot follow a redirect to the sign-in page, which is of another origin. Browsers say what asks:
   * these two headers together are `fetch` and `XMLHttpRequest`, never a page, a picture or a program.
   */
  private denyScripts(action: elbv2.ListenerAction) {
    this.addRule('Scripts', this.props.priorityOf('scripts', 0), action, [
      elbv2.ListenerCondition.httpHeader('Sec-Fetch-Dest', ['empty']),
      elbv2.ListenerCondition.httpHeader('Sec-Fetch-Mode', ['cors', 'same-origin']),
    ]);
  }

  private addRules(
    id: string,
    kind: RuleKind,
    portions: readonly string[][],
    action: () => elbv2.ListenerAction,
    conditions: elbv2.ListenerCondition[] = [],
  ) {
    for (const [index, paths] of portions.entries()) {
      this.addRule(`${id}${index}`, this.props.priorityOf(kind, index), action(), [
        elbv2.ListenerCondition.pathPatterns(paths),
        ...conditions,
      ]);
    }
  }

  /** Adds a rule that looks at the app's own address, if it has one, and at these conditions. */
  public addRule(id: string, priority: number, action: elbv2.ListenerAction, conditions: elbv2.ListenerCondition[]) {
    const { listener, host } = this.props;
    new elbv2.ApplicationListenerRule(this, id, {
      listener,
      priority,
      conditions: host === undefined ? conditions : [elbv2.ListenerCondition.hostHeaders([host]), ...conditions],
      action,
    });
  }
}

/**
 * Where the load balancer authenticates, it replaces these headers. Where it does not, a visitor's own would reach the
 * app, so a request that has one is refused. (With underscores for hyphens they are invalid, and dropped.)
 */
export function refuseForgery(
  scope: Construct,
  listener: elbv2.IApplicationListener,
  priorityOf: (index: number) => number,
): void {
  for (const [index, header] of IDENTITY_HEADERS.entries()) {
    new elbv2.ApplicationListenerRule(scope, `Forged${index}`, {
      listener,
      priority: priorityOf(index),
      conditions: [elbv2.ListenerCondition.httpHeader(header, ['*'])],
      action: refuse('These headers are for the load balancer to set.'),
    });
  }
}

function refuse(sentence: string) {
  return elbv2.ListenerAction.fixedResponse(400, { contentType: 'text/plain', messageBody: sentence });
}
