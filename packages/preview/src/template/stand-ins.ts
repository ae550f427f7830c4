import { createHash } from 'node:crypto';
import { TemplateRefusal } from '../errors';
import type { Resolver } from './resolver';
import {
  FUNCTION,
  IDENTITY_PROVIDER,
  LISTENER,
  LOAD_BALANCER,
  RESOURCE_SERVER,
  type Resource,
  SSM_PARAMETER,
  TARGET_GROUP,
  USER_POOL,
  USER_POOL_CLIENT,
  USER_POOL_DOMAIN,
} from './types';

const NAME_PROPERTY: Readonly<Record<string, string>> = {
  [SSM_PARAMETER]: 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::ECS::Cluster': 'ClusterName',
};

/**
 * Names and ARNs of the resources that the preview itself stands in for.
 *
 * They have the shape of the real ones and are the same in every start, so that whatever the template hands to the
 * app (the pool's id, the load balancer's ARN as expected signer) agrees with what the front door then does. A resource
 * that is not here does not exist on this machine, and a value that needs it is refused.
 */
export function physicalId(resolver: Resolver, id: string, resource: Resource, path: string): string {
  const { region, account, name: stack } = resolver.stack;
  const properties = resource.Properties ?? {};
  const elb = `arn:${resolver.ref('AWS::Partition', path)}:elasticloadbalancing:${region}:${account}`;
  const own = `Resources.${id}.Properties`;
  const named = (property: string, fallback: string) =>
    properties[property] === undefined ? fallback : resolver.string(properties[property], `${own}.${property}`);
  switch (resource.Type) {
    case USER_POOL:
      return `${region}_${digest(stack, id, 9)}`;
    case USER_POOL_CLIENT:
      return digest(stack, id, 26).toLowerCase();
    case USER_POOL_DOMAIN:
      return resolver.string(properties.Domain, `${own}.Domain`);
    case IDENTITY_PROVIDER:
      return resolver.string(properties.ProviderName, `${own}.ProviderName`);
    case RESOURCE_SERVER:
      return resolver.string(properties.Identifier, `${own}.Identifier`);
    case LOAD_BALANCER:
      return `${elb}:loadbalancer/${loadBalancerName(resolver, id, properties)}`;
    case TARGET_GROUP:
      return `${elb}:targetgroup/${named('Name', id)}/${digest(stack, id, 16)}`;
    case LISTENER:
      return `${elb}:listener/app/${id}/${digest(stack, id, 16)}`;
    case FUNCTION:
      return named('FunctionName', `${stack}-${id}`);
    case SSM_PARAMETER:
    case 'AWS::Logs::LogGroup':
    case 'AWS::ECS::Cluster':
      return named(NAME_PROPERTY[resource.Type], `${stack}-${id}`);
    default:
      throw absent(resource.Type, id, path);
  }
}

/** As {@link physicalId}, for `Fn::GetAtt`. */
export function attributeOf(
  resolver: Resolver,
  id: string,
  resource: Resource,
  attribute: string,
  path: string,
): string {
  const { region, account, name: stack } = resolver.stack;
  const partition = resolver.ref('AWS::Partition', path);
  const suffix = resolver.ref('AWS::URLSuffix', path);
  const ref = () => physicalId(resolver, id, resource, path);
  const attributes: Record<string, Record<string, () => string>> = {
    [USER_POOL]: {
      Arn: () => `arn:${partition}:cognito-idp:${region}:${account}:userpool/${ref()}`,
      UserPoolId: ref,
      ProviderName: () => `cognito-idp.${region}.${suffix}/${ref()}`,
      ProviderURL: () => `https://cognito-idp.${region}.${suffix}/${ref()}`,
    },
    [USER_POOL_CLIENT]: { ClientId: ref },
    [LOAD_BALANCER]: {
      LoadBalancerArn: ref,
      DNSName: () => `${id.toLowerCase()}-${digest(stack, id, 10)}.${region}.elb.${suffix}`.toLowerCase(),
      LoadBalancerFullName: () => loadBalancerName(resolver, id, resource.Properties ?? {}),
    },
    [TARGET_GROUP]: { TargetGroupArn: ref },
    [LISTENER]: { ListenerArn: ref },
    [FUNCTION]: { Arn: () => `arn:${partition}:lambda:${region}:${account}:function:${ref()}` },
    [SSM_PARAMETER]: { Value: () => resolver.string(resource.Properties?.Value, `Resources.${id}.Properties.Value`) },
    'AWS::Logs::LogGroup': { Arn: () => `arn:${partition}:logs:${region}:${account}:log-group:${ref()}:*` },
  };
  const found = attributes[resource.Type]?.[attribute];
  if (!found) {
    throw absent(`${resource.Type}.${attribute}`, id, path);
  }
  return found();
}

function loadBalancerName(resolver: Resolver, id: string, properties: Record<string, unknown>): string {
  const name = properties.Name === undefined ? id : resolver.string(properties.Name, `Resources.${id}.Properties.Name`);
  return `app/${name}/${digest(resolver.stack.name, id, 16)}`;
}

function absent(what: string, id: string, path: string): TemplateRefusal {
  return new TemplateRefusal(path, `${id} (${what}) does not exist on this machine, so this has no value`);
}

function digest(stack: string, id: string, length: number): string {
  return createHash('sha256').update(`${stack}/${id}`).digest('hex').slice(0, length);
}
