import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { LISTENER, LISTENER_RULE, LOAD_BALANCER, type Resource } from '../template/types';
import { readActions } from './actions';
import { readConditions } from './conditions';
import { readDoorAttributes } from './door-attributes';
import type { FrontDoor, Rule } from './front-door-model';
import { LOAD_BALANCER_PROPERTIES } from './known-properties';
import { attributes, integer, object, oneOf, refuseUnknown } from './properties';

const LISTENER_PROPERTIES = [
  'AlpnPolicy',
  'Certificates',
  'DefaultActions',
  'ListenerAttributes',
  'LoadBalancerArn',
  'MutualAuthentication',
  'Port',
  'Protocol',
  'SslPolicy',
  'Tags',
];
const RULE_PROPERTIES = ['Actions', 'Conditions', 'ListenerArn', 'Priority', 'Tags'];

/** Reads the one HTTPS listener of a stack, and makes sure that no other listener opens a way around it. */
export function readFrontDoor(resolver: Resolver): FrontDoor {
  const listeners = resolver.resources(LISTENER);
  const https = listeners.filter(([, listener]) => listener.Properties?.Protocol === 'HTTPS');
  if (https.length !== 1) {
    throw new TemplateRefusal('Resources', `the stack must have one HTTPS listener, got: ${https.length}`);
  }
  for (const [name, listener] of listeners) {
    if (name !== https[0][0]) {
      checkOnlyRedirects(resolver, name, listener);
    }
  }
  return readHttpsListener(resolver, ...https[0]);
}

/** The preview serves HTTPS listeners only; another one may exist, as long as all it does is to send visitors there. */
function checkOnlyRedirects(resolver: Resolver, name: string, listener: Resource): void {
  const actions = [
    { actions: listener.Properties?.DefaultActions, path: `Resources.${name}.Properties.DefaultActions` },
    ...rulesOf(resolver, name).map(([rule, { Properties = {} }]) => ({
      actions: Properties.Actions,
      path: `Resources.${rule}.Properties.Actions`,
    })),
  ];
  for (const { actions: value, path } of actions) {
    const { answer } = readActions(resolver, value, path);
    if (answer.type === 'forward' || (answer.type === 'redirect' && answer.protocol !== 'HTTPS')) {
      throw new TemplateRefusal(
        path,
        'a listener without HTTPS may only redirect to HTTPS: anything else is open to everyone',
      );
    }
  }
}

function readHttpsListener(resolver: Resolver, name: string, listener: Resource): FrontDoor {
  const path = `Resources.${name}.Properties`;
  const properties = listener.Properties ?? {};
  refuseUnknown(properties, LISTENER_PROPERTIES, path);
  if (properties.MutualAuthentication !== undefined) {
    const mutual = object(resolver.value(properties.MutualAuthentication, path), `${path}.MutualAuthentication`);
    oneOf(mutual.Mode, ['off'], `${path}.MutualAuthentication.Mode`);
  }
  const balancerName = resolver.link(properties.LoadBalancerArn, `${path}.LoadBalancerArn`);
  const balancer = resolver.resource(balancerName, LOAD_BALANCER, `${path}.LoadBalancerArn`).Properties ?? {};
  refuseUnknown(balancer, LOAD_BALANCER_PROPERTIES, `Resources.${balancerName}.Properties`);
  oneOf(balancer.Type ?? 'application', ['application'], `Resources.${balancerName}.Properties.Type`);
  const paths = {
    loadBalancer: `Resources.${balancerName}.Properties.LoadBalancerAttributes`,
    listener: `${path}.ListenerAttributes`,
  };
  const fallback = readActions(resolver, properties.DefaultActions, `${path}.DefaultActions`);
  return {
    listenerName: name,
    loadBalancerArn: String(resolver.ref(balancerName, path)),
    region: resolver.stack.region,
    attributes: readDoorAttributes(
      attributes(resolver.value(balancerAttributes(balancer), paths.loadBalancer), paths.loadBalancer),
      attributes(resolver.value(properties.ListenerAttributes, paths.listener), paths.listener),
      paths,
    ),
    rules: [
      ...readRules(resolver, name),
      { name: `${name} (default)`, priority: Number.POSITIVE_INFINITY, conditions: [], ...fallback },
    ],
  };
}

/** Access log settings name buckets, which do not exist here and change no answer. */
function balancerAttributes(balancer: Readonly<Record<string, unknown>>): unknown {
  const all = balancer.LoadBalancerAttributes;
  return Array.isArray(all)
    ? all.filter(({ Key }) => !/^(access|connection|health_check)_logs\./.test(String(Key)))
    : all;
}

function rulesOf(resolver: Resolver, listener: string): [string, Resource][] {
  return resolver
    .resources(LISTENER_RULE)
    .filter(
      ([rule, { Properties = {} }]) =>
        resolver.link(Properties.ListenerArn, `Resources.${rule}.Properties.ListenerArn`) === listener,
    );
}

function readRules(resolver: Resolver, listener: string): Rule[] {
  const rules = rulesOf(resolver, listener).map(([name, { Properties = {} }]): Rule => {
    const path = `Resources.${name}.Properties`;
    refuseUnknown(Properties, RULE_PROPERTIES, path);
    return {
      name,
      priority: integer(resolver.value(Properties.Priority, `${path}.Priority`), `${path}.Priority`),
      conditions: readConditions(resolver.value(Properties.Conditions, `${path}.Conditions`), `${path}.Conditions`),
      ...readActions(resolver, Properties.Actions, `${path}.Actions`),
    };
  });
  rules.sort((a, b) => a.priority - b.priority);
  for (const [index, rule] of rules.entries()) {
    if (rule.priority === rules[index + 1]?.priority) {
      throw new TemplateRefusal(
        `Resources.${rule.name}.Properties.Priority`,
        `must be unique, got: ${rule.priority} twice`,
      );
    }
  }
  return rules;
}
