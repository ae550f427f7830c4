import type { Template } from 'aws-cdk-lib/assertions';

type Properties = Record<string, unknown>;
interface Action {
  readonly Type: string;
  readonly TargetGroupArn?: { readonly Ref: string };
  readonly AuthenticateCognitoConfig?: { readonly OnUnauthenticatedRequest: string };
  readonly JwtValidationConfig?: { readonly AdditionalClaims?: readonly unknown[] };
}
interface Condition {
  readonly Field: string;
  readonly PathPatternConfig?: { readonly Values: string[] };
  readonly HttpHeaderConfig?: { readonly HttpHeaderName: string; readonly Values: string[] };
  readonly QueryStringConfig?: { readonly Values: unknown[] };
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
    ...Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule'))
      .map((rule) => rule.Properties as Properties)
      .filter((rule) => (rule.ListenerArn as { Ref: string }).Ref === id)
      .map((rule) => ({
        priority: rule.Priority as number,
        conditions: rule.Conditions as Condition[],
        actions: rule.Actions as Action[],
      }))
      .sort((a, b) => a.priority - b.priority),
    { priority: Number.POSITIVE_INFINITY, conditions: [], actions: Properties.DefaultActions as Action[] },
  ]);
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

/** How many values and wildcards a rule has, which the load balancer limits. */
export function sizeOf(rule: Rule): { values: number; wildcards: number } {
  const values = rule.conditions.flatMap(
    ({ PathPatternConfig, HttpHeaderConfig, QueryStringConfig }) =>
      (PathPatternConfig ?? HttpHeaderConfig ?? QueryStringConfig)?.Values ?? [],
  );
  return { values: values.length, wildcards: JSON.stringify(values).split(/[*?]/).length - 1 };
}

/** The rule for a request without any header or query. */
export function ruleFor(rules: readonly Rule[], path: string): Rule {
  const found = rules.find(({ conditions }) =>
    conditions.every(({ PathPatternConfig }) => PathPatternConfig?.Values.some((pattern) => matches(pattern, path))),
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
