import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { FUNCTION, TARGET_GROUP } from '../template/types';
import { attributes, flag, integer, object, objects, oneOf, refuseUnknown } from './properties';

export interface HealthCheck {
  readonly path: string;
  /** Whether a status counts as healthy. */
  readonly matches: (status: number) => boolean;
  readonly timeoutSeconds: number;
}

export type TargetGroup =
  | { readonly type: 'app'; readonly name: string; readonly healthCheck: HealthCheck }
  | {
      readonly type: 'lambda';
      readonly name: string;
      readonly arn: string;
      readonly functionName: string;
      readonly multiValueHeaders: boolean;
    };

const COMMON = [
  'Name',
  'Tags',
  'TargetGroupAttributes',
  'TargetType',
  'Targets',
  'VpcId',
  'Port',
  'Protocol',
  'ProtocolVersion',
  'IpAddressType',
];
const HEALTH = [
  'HealthCheckEnabled',
  'HealthCheckIntervalSeconds',
  'HealthCheckPath',
  'HealthCheckPort',
  'HealthCheckProtocol',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'UnhealthyThresholdCount',
  'Matcher',
];
/** With one task behind the door none of these changes an answer. */
const WITHOUT_EFFECT = [
  /^deregistration_delay\./,
  /^slow_start\./,
  /^load_balancing\./,
  /^target_group_health\./,
  /^stickiness\.(enabled|type|lb_cookie\.duration_seconds)$/,
];

/** Reads a target group and what is behind it. */
export function readTargetGroup(resolver: Resolver, name: string): TargetGroup {
  const path = `Resources.${name}.Properties`;
  const unresolved = resolver.resource(name, TARGET_GROUP, path).Properties ?? {};
  refuseUnknown(unresolved, [...COMMON, ...HEALTH], path);
  const type = oneOf(unresolved.TargetType ?? 'instance', ['ip', 'instance', 'lambda'], `${path}.TargetType`);
  const settings = attributes(resolver.value(unresolved.TargetGroupAttributes, `${path}.TargetGroupAttributes`), path);
  for (const [key] of settings) {
    const known =
      type === 'lambda' ? key === 'lambda.multi_value_headers.enabled' : WITHOUT_EFFECT.some((one) => one.test(key));
    if (!known) {
      throw new TemplateRefusal(`${path}.TargetGroupAttributes`, `the preview does not know the attribute ${key}`);
    }
  }
  if (type === 'lambda') {
    const targets = objects(unresolved.Targets, `${path}.Targets`);
    if (targets.length !== 1) {
      throw new TemplateRefusal(`${path}.Targets`, `must be one Lambda function, got: ${targets.length}`);
    }
    const functionName = resolver.link(targets[0].Id, `${path}.Targets.0.Id`);
    resolver.resource(functionName, FUNCTION, `${path}.Targets.0.Id`);
    const multiValueHeaders = flag(settings.get('lambda.multi_value_headers.enabled'), `${path}.TargetGroupAttributes`);
    return { type, name, arn: String(resolver.ref(name, path)), functionName, multiValueHeaders };
  }
  oneOf(unresolved.Protocol, ['HTTP'], `${path}.Protocol`);
  oneOf(unresolved.ProtocolVersion ?? 'HTTP1', ['HTTP1'], `${path}.ProtocolVersion`);
  return { type: 'app', name, healthCheck: readHealthCheck(resolver, unresolved, path) };
}

function readHealthCheck(resolver: Resolver, properties: Readonly<Record<string, unknown>>, path: string): HealthCheck {
  const matcher =
    properties.Matcher === undefined ? {} : object(resolver.value(properties.Matcher, `${path}.Matcher`), path);
  refuseUnknown(matcher, ['HttpCode'], `${path}.Matcher`);
  return {
    path: resolver.string(properties.HealthCheckPath ?? '/', `${path}.HealthCheckPath`),
    timeoutSeconds: integer(properties.HealthCheckTimeoutSeconds ?? 5, `${path}.HealthCheckTimeoutSeconds`),
    matches: statusMatcher(String(matcher.HttpCode ?? '200'), `${path}.Matcher.HttpCode`),
  };
}

/** `200`, `200,302` or `200-299`, as in a target group's matcher. */
function statusMatcher(codes: string, path: string): (status: number) => boolean {
  const ranges = codes.split(',').map((range) => {
    const match = /^\s*(\d{3})(?:-(\d{3}))?\s*$/.exec(range);
    if (!match) {
      throw new TemplateRefusal(path, `must be status codes like 200,302 or 200-299, got: ${codes}`);
    }
    return [Number(match[1]), Number(match[2] ?? match[1])];
  });
  return (status) => ranges.some(([low, high]) => status >= low && status <= high);
}
