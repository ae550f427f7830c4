import { TemplateRefusal } from '../errors';
import type { Resolver } from '../template/resolver';
import { readCognito, readOidc } from './authentication';
import type { Answer, FixedResponse, Forward, Gate } from './front-door-model';
import { readJwtValidation } from './jwt-validation';
import { flag, integer, object, objects, oneOf, type Properties, refuseUnknown } from './properties';
import { readRedirect } from './redirect';
import { readTargetGroup } from './target-group';

const CONFIG_OF = {
  'authenticate-cognito': 'AuthenticateCognitoConfig',
  'authenticate-oidc': 'AuthenticateOidcConfig',
  'jwt-validation': 'JwtValidationConfig',
  forward: 'ForwardConfig',
  redirect: 'RedirectConfig',
  'fixed-response': 'FixedResponseConfig',
} as const;

/** Reads the actions of a rule: any number of gates, then exactly one answer. */
export function readActions(resolver: Resolver, value: unknown, path: string): { gates: Gate[]; answer: Answer } {
  const actions = objects(value, path).map((action, index) => ({ action, path: `${path}.${index}` }));
  const ordered =
    actions.length > 1
      ? [...actions].sort(
          (a, b) => integer(a.action.Order, `${a.path}.Order`) - integer(b.action.Order, `${b.path}.Order`),
        )
      : actions;
  const read = ordered.map(({ action, path: at }) => readAction(resolver, action, at));
  const answer = read.pop();
  if (!answer || answer.type === 'authenticate' || answer.type === 'validate-jwt') {
    throw new TemplateRefusal(path, 'the last action must be forward, redirect or fixed-response');
  }
  const gates = read.map((action) => {
    if (action.type !== 'authenticate' && action.type !== 'validate-jwt') {
      throw new TemplateRefusal(path, `${action.type} must be the last action`);
    }
    return action;
  });
  return { gates, answer };
}

function readAction(resolver: Resolver, action: Properties, path: string): Gate | Answer {
  const type = oneOf(action.Type, Object.keys(CONFIG_OF) as (keyof typeof CONFIG_OF)[], `${path}.Type`);
  const configName = CONFIG_OF[type];
  refuseUnknown(action, ['Order', 'Type', configName, ...(type === 'forward' ? ['TargetGroupArn'] : [])], path);
  const at = `${path}.${configName}`;
  const config = () => object(action[configName], at);
  switch (type) {
    case 'authenticate-cognito':
      return { type: 'authenticate', authentication: readCognito(resolver, config(), at) };
    case 'authenticate-oidc':
      return { type: 'authenticate', authentication: readOidc(resolver, config(), at) };
    case 'jwt-validation':
      return { type: 'validate-jwt', validation: readJwtValidation(resolver, config(), at) };
    case 'redirect':
      return readRedirect(object(resolver.value(config(), at), at), at);
    case 'fixed-response':
      return readFixedResponse(object(resolver.value(config(), at), at), at);
    default:
      return readForward(resolver, action, path);
  }
}

function readFixedResponse(config: Properties, path: string): FixedResponse {
  refuseUnknown(config, ['ContentType', 'MessageBody', 'StatusCode'], path);
  const status = integer(config.StatusCode, `${path}.StatusCode`);
  if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
    throw new TemplateRefusal(`${path}.StatusCode`, `must be 2xx, 4xx or 5xx, got: ${status}`);
  }
  return {
    type: 'fixed-response',
    status,
    contentType: config.ContentType === undefined ? undefined : String(config.ContentType),
    body: config.MessageBody === undefined ? '' : String(config.MessageBody),
  };
}

function readForward(resolver: Resolver, action: Properties, path: string): Forward {
  const config = action.ForwardConfig === undefined ? {} : object(action.ForwardConfig, `${path}.ForwardConfig`);
  refuseUnknown(config, ['TargetGroups', 'TargetGroupStickinessConfig'], `${path}.ForwardConfig`);
  const listed = objects(config.TargetGroups, `${path}.ForwardConfig.TargetGroups`);
  const groups = listed.length > 0 ? listed : [{ TargetGroupArn: action.TargetGroupArn }];
  const targets = groups.map((group, index) => {
    const at = `${path}.ForwardConfig.TargetGroups.${index}`;
    refuseUnknown(group, ['TargetGroupArn', 'Weight'], at);
    const name = resolver.link(group.TargetGroupArn, `${at}.TargetGroupArn`);
    return { group: readTargetGroup(resolver, name), weight: integer(group.Weight ?? 1, `${at}.Weight`) };
  });
  const stickiness = (config.TargetGroupStickinessConfig ?? {}) as Properties;
  if (targets.length > 1 && flag(stickiness.Enabled, `${path}.ForwardConfig.TargetGroupStickinessConfig.Enabled`)) {
    throw new TemplateRefusal(
      `${path}.ForwardConfig`,
      'the preview does not keep a visitor on one of several target groups',
    );
  }
  return { type: 'forward', targets };
}
