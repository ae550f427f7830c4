import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
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
}

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

/** Headers by which the load balancer says who is there. */
export const IDENTITY_HEADERS = ['x-amzn-oidc-identity', 'x-amzn-oidc-data', 'x-amzn-oidc-accesstoken'];

/** The rules between signing out and the default, which asks for sign-in. */
export class DoorRules extends Construct {
  private readonly listener: elbv2.IApplicationListener;

  public constructor(scope: Construct, id: string, props: DoorRulesProps) {
    super(scope, id);
    this.listener = props.listener;
    const unsigned = [...props.publicPaths, ...props.machinePaths];
    if (unsigned.length > 0) {
      this.refuseForgery();
      this.refuseEscapes(unsigned);
    }
    const { token } = props;
    if (token) {
      this.addRules('Machines', PRIORITY.machines, perRule(props.machinePaths, 1), token, [
        elbv2.ListenerCondition.httpHeader('Authorization', ['Bearer *']),
      ]);
    }
    this.addRules('Public', PRIORITY.open, perRule(props.publicPaths), () => props.open);
    this.addRules('Api', PRIORITY.api, perRule(props.apiPaths), props.deny);
    this.denyScripts(props.deny());
  }

  /**
   * A script of a page cannot follow a redirect to the sign-in page, which is of another origin. Browsers say what asks:
   * these two headers together are `fetch` and `XMLHttpRequest`, never a page, a picture or a program.
   */
  private denyScripts(action: elbv2.ListenerAction) {
    new elbv2.ApplicationListenerRule(this, 'Scripts', {
      listener: this.listener,
      priority: PRIORITY.scripts,
      conditions: [
        elbv2.ListenerCondition.httpHeader('Sec-Fetch-Dest', ['empty']),
        elbv2.ListenerCondition.httpHeader('Sec-Fetch-Mode', ['cors', 'same-origin']),
      ],
      action,
    });
  }

  /**
   * Where the load balancer authenticates, it replaces these headers. Where it does not, a visitor's own would reach the
   * app, so a request that has one is refused. (With underscores for hyphens they are invalid, and dropped.)
   */
  private refuseForgery() {
    for (const [index, header] of IDENTITY_HEADERS.entries()) {
      new elbv2.ApplicationListenerRule(this, `Forged${index}`, {
        listener: this.listener,
        priority: PRIORITY.forged + index,
        conditions: [elbv2.ListenerCondition.httpHeader(header, ['*'])],
        action: refuse('These headers are for the load balancer to set.'),
      });
    }
  }

  private refuseEscapes(paths: readonly string[]) {
    for (const [index, patterns] of escapesFrom(paths).entries()) {
      new elbv2.ApplicationListenerRule(this, `Escape${index}`, {
        listener: this.listener,
        priority: PRIORITY.escapes + index,
        conditions: [elbv2.ListenerCondition.pathPatterns(patterns)],
        action: refuse('This path has two meanings.'),
      });
    }
  }

  private addRules(
    id: string,
    priority: number,
    portions: readonly string[][],
    action: () => elbv2.ListenerAction,
    conditions: elbv2.ListenerCondition[] = [],
  ) {
    for (const [index, paths] of portions.entries()) {
      new elbv2.ApplicationListenerRule(this, `${id}${index}`, {
        listener: this.listener,
        priority: priority + index,
        conditions: [elbv2.ListenerCondition.pathPatterns(paths), ...conditions],
        action: action(),
      });
    }
  }
}

function refuse(sentence: string) {
  return elbv2.ListenerAction.fixedResponse(400, { contentType: 'text/plain', messageBody: sentence });
}
