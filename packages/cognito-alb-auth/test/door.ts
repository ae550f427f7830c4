import type { Template } from 'aws-cdk-lib/assertions';

interface Action {
  readonly Type: string;
  readonly TargetGroupArn?: { readonly Ref: string };
  readonly AuthenticateCognitoConfig?: { readonly OnUnauthenticatedRequest: string };
  readonly JwtValidationConfig?: { readonly AdditionalClaims?: readonly unknown[] };
}
interface Condition {
  readonly Field: string;
  readonly PathPatternConfig?: { readonly Values?: string[]; readonly RegexValues?: string[] };
  readonly HttpHeaderConfig?: { readonly HttpHeaderName: string; readonly Values: string[] };
  readonly QueryStringConfig?: { readonly Values: unknown[] };
  readonly HostHeaderConfig?: { readonly Values: string[] };
}
export interface Rule {
  readonly priority: number;
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
}

/** All rules of all listeners of a template, the default action of a listener last. */
export function readRules(template: Template, port: number): Rule[] {
  const listeners = Object.entries(
    template.findResources('AWS::ElasticLoadBalancingV2::Listener', { Properties: { Port: port } }),
  );
  return listeners.flatMap(([id, { Properties }]) => [
    ...listenerRules(template).filter(({ listener }) => (listener as { Ref?: string }).Ref === id),
    { priority: Number.POSITIVE_INFINITY, conditions: [], actions: Properties.DefaultActions as Action[] },
  ]);
}

/** The rules of a template in the order in which the load balancer looks at them, whosever listener it is. */
export function listenerRules(template: Template): (Rule & { readonly listener: unknown })[] {
  return Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule'))
    .map(({ Properties }) => ({
      listener: Properties.ListenerArn as unknown,
      priority: Properties.Priority as number,
      conditions: Properties.Conditions as Condition[],
      actions: Properties.Actions as Action[],
    }))
    .sort((a, b) => a.priority - b.priority);
}

/** Ids of the target groups whose targets are the app. */
export function appTargetGroups(template: Template): string[] {
  return Object.entries(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'))
    .filter(([, { Properties }]) => Properties.TargetType !== 'lambda')
    .map(([id]) => id);
}

/** Whether a rule ends at the app. */
export function reachesApp(rule: Rule, appGroups: readonly string[]): boolean {
  return rule.actions.some(
    ({ Type, TargetGroupArn }) => Type === 'forward' && appGroups.includes(TargetGroupArn?.Ref ?? ''),
  );
}

/** Whether the first action of a rule lets nobody pass who is not known. */
export function authenticates({ actions: [first] }: Rule): boolean {
  switch (first.Type) {
    case 'authenticate-cognito':
      return ['authenticate', 'deny'].includes(first.AuthenticateCognitoConfig?.OnUnauthenticatedRequest ?? '');
    case 'jwt-validation':
      // Without further claims the token of any client of the pool would do.
      return first.JwtValidationConfig?.AdditionalClaims?.length === 2;
    default:
      return false;
  }
}

export function pathsOf(rule: Rule): string[] {
  return rule.conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig?.Values ?? []);
}

/**
 * What a rule has too much of for the load balancer, in words; nothing if it fits.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html
 */
export function excessOf(rule: Rule): string[] {
  const expressions = rule.conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig?.RegexValues ?? []);
  const values = rule.conditions.flatMap(
    ({ PathPatternConfig, HttpHeaderConfig, QueryStringConfig, HostHeaderConfig }) =>
      (PathPatternConfig ?? HttpHeaderConfig ?? QueryStringConfig ?? HostHeaderConfig)?.Values ?? [],
  );
  const strange = pathsOf(rule).filter((path) => !/^[A-Za-z0-9_.$/~"'@:+&*?-]{1,128}$/.test(path));
  return [
    ...(values.length + expressions.length > 5 ? ['more than five values'] : []),
    ...(JSON.stringify(values).split(/[*?]/).length - 1 > 5 ? ['more than five wildcards'] : []),
    ...(expressions.length > 3 ? ['more than three expressions'] : []),
    ...expressions.filter((expression) => expression.length > 128),
    ...strange,
  ];
}

/** The rule for a request without any query, and without headers but for the host. */
export function ruleFor(rules: readonly Rule[], path: string, host?: string): Rule {
  const found = rules.find(({ conditions }) =>
    conditions.every(
      ({ PathPatternConfig, HostHeaderConfig }) =>
        (host !== undefined && HostHeaderConfig?.Values.includes(host)) ||
        PathPatternConfig?.Values?.some((pattern) => matches(pattern, path)) ||
        PathPatternConfig?.RegexValues?.some((expression) => new RegExp(`^(?:${expression})$`, 's').test(path)),
    ),
  );
  if (!found) {
    throw new Error('a listener has a default rule');
  }
  return found;
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 's').test(path);
}
