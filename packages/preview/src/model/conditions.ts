import { isIP } from 'node:net';
import { TemplateRefusal } from '../errors';
import { readPathExpression } from './path-expression';
import { object, objects, oneOf, type Properties, refuseUnknown, strings } from './properties';

export type Condition =
  | {
      readonly field: 'host-header' | 'path-pattern' | 'http-request-method' | 'source-ip';
      readonly values: readonly string[];
    }
  | { readonly field: 'path-expression'; readonly values: readonly RegExp[] }
  | { readonly field: 'http-header'; readonly header: string; readonly values: readonly string[] }
  | { readonly field: 'query-string'; readonly values: readonly { readonly key?: string; readonly value: string }[] };

const CONFIG_OF = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'http-header': 'HttpHeaderConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig',
} as const;

const FURTHER_PROPERTIES: Readonly<Partial<Record<keyof typeof CONFIG_OF, readonly string[]>>> = {
  'http-header': ['HttpHeaderName', 'Values'],
  'path-pattern': ['Values', 'RegexValues'],
};

/** Reads the `Conditions` of a listener rule. */
export function readConditions(value: unknown, path: string): Condition[] {
  const conditions = objects(value, path).map((condition, index) => readCondition(condition, `${path}.${index}`));
  if (conditions.length === 0) {
    throw new TemplateRefusal(path, 'a rule must have at least one condition');
  }
  return conditions;
}

function readCondition(condition: Properties, path: string): Condition {
  const field = oneOf(condition.Field, Object.keys(CONFIG_OF) as (keyof typeof CONFIG_OF)[], `${path}.Field`);
  const configName = CONFIG_OF[field];
  refuseUnknown(condition, ['Field', 'Values', configName], path);
  // The short form of host-header and path-pattern has its values directly in the condition.
  const config =
    condition[configName] === undefined
      ? { Values: condition.Values }
      : object(condition[configName], `${path}.${configName}`);
  const at = `${path}.${configName}`;
  refuseUnknown(config, FURTHER_PROPERTIES[field] ?? ['Values'], at);
  if (config.RegexValues !== undefined) {
    return readExpressions(config, at);
  }
  if (field === 'query-string') {
    const values = objects(config.Values, `${at}.Values`).map(({ Key, Value }) => ({
      ...(Key === undefined ? {} : { key: String(Key) }),
      value: String(Value),
    }));
    return { field, values: atLeastOne(values, `${at}.Values`) };
  }
  const values = atLeastOne(strings(config.Values, `${at}.Values`), `${at}.Values`);
  if (field === 'http-header') {
    return { field, header: String(config.HttpHeaderName).toLowerCase(), values };
  }
  if (field === 'source-ip') {
    for (const value of values) {
      const [address, bits] = value.split('/');
      if (!isIP(address) || !/^\d+$/.test(bits ?? '')) {
        throw new TemplateRefusal(`${at}.Values`, `must be a block of addresses like 10.0.0.0/8, got: ${value}`);
      }
    }
  }
  return { field, values };
}

function readExpressions({ RegexValues, Values }: Properties, at: string): Condition {
  if (Values !== undefined) {
    throw new TemplateRefusal(at, "must have either 'Values' or 'RegexValues'");
  }
  const expressions = atLeastOne(strings(RegexValues, `${at}.RegexValues`), `${at}.RegexValues`);
  return {
    field: 'path-expression',
    values: expressions.map((text, index) => readPathExpression(text, `${at}.RegexValues.${index}`)),
  };
}

function atLeastOne<T>(values: T[], path: string): T[] {
  if (values.length === 0) {
    throw new TemplateRefusal(path, 'must have at least one value');
  }
  return values;
}
