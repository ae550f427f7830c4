import { TemplateRefusal } from '../errors';
import type { Resolver } from './resolver';

export type Intrinsic = (resolver: Resolver, argument: unknown, path: string) => unknown;

/** CloudFormation's intrinsic functions, but for `Ref` and `Fn::GetAtt`. */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Fn::Join': (resolver, argument, path) => {
    const [separator, parts] = list(argument, path, 2);
    const resolved = resolver.value(parts, path);
    return array(resolved, path)
      .map((part, index) => resolver.string(part, `${path}.1.${index}`))
      .join(String(separator));
  },
  'Fn::Sub': (resolver, argument, path) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(text).replace(/\$\{([^}]+)\}/g, (_match, name: string) => {
      if (name.startsWith('!')) {
        return `\${${name.slice(1)}}`;
      }
      const own = (variables as Record<string, unknown>)[name];
      if (own !== undefined) {
        return resolver.string(own, `${path}.${name}`);
      }
      return resolver.string(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, `${path}.${name}`);
    });
  },
  'Fn::Select': (resolver, argument, path) => {
    const [index, items] = list(argument, path, 2);
    const position = Number(resolver.string(index, path));
    const candidates = array(resolver.value(items, path), path);
    if (!(position in candidates)) {
      throw new TemplateRefusal(path, `must select one of ${candidates.length} items, got: ${position}`);
    }
    return candidates[position];
  },
  'Fn::Split': (resolver, argument, path) => {
    const [separator, text] = list(argument, path, 2);
    return resolver.string(text, path).split(String(separator));
  },
  'Fn::Base64': (resolver, argument, path) => Buffer.from(resolver.string(argument, path)).toString('base64'),
  'Fn::FindInMap': (resolver, argument, path) => {
    const [map, top, second] = list(argument, path, 3).map((key) => resolver.string(key, path));
    const found = resolver.template.Mappings?.[map]?.[top]?.[second];
    if (found === undefined) {
      throw new TemplateRefusal(path, `the template has no mapping ${map}.${top}.${second}`);
    }
    return found;
  },
  'Fn::ImportValue': (resolver, argument, path) => resolver.importValue(resolver.string(argument, path), path),
  'Fn::If': (resolver, argument, path) => {
    const [condition, whenTrue, whenFalse] = list(argument, path, 3);
    const branch = evaluateCondition(resolver, condition, path) ? whenTrue : whenFalse;
    // An object with AWS::NoValue must keep its meaning of 'not there' for the caller.
    return isNoValue(branch) ? resolver.ref('AWS::NoValue', path) : resolver.value(branch, path);
  },
  'Fn::Equals': (resolver, argument, path) => condition(resolver, { 'Fn::Equals': argument }, path),
  'Fn::And': (resolver, argument, path) => condition(resolver, { 'Fn::And': argument }, path),
  'Fn::Or': (resolver, argument, path) => condition(resolver, { 'Fn::Or': argument }, path),
  'Fn::Not': (resolver, argument, path) => condition(resolver, { 'Fn::Not': argument }, path),
};

/** Whether a condition holds: the name of one, or an expression. */
export function evaluateCondition(resolver: Resolver, expression: unknown, path: string): boolean {
  if (typeof expression === 'string') {
    const named = resolver.template.Conditions?.[expression];
    if (named === undefined) {
      throw new TemplateRefusal(path, `the template has no condition ${expression}`);
    }
    return evaluateCondition(resolver, named, `Conditions.${expression}`);
  }
  return condition(resolver, expression, path);
}

function condition(resolver: Resolver, expression: unknown, path: string): boolean {
  const [name, argument] = Object.entries((expression ?? {}) as Record<string, unknown>)[0] ?? [];
  const operands = () => array(argument, path).map((operand) => evaluateCondition(resolver, operand, path));
  switch (name) {
    case 'Condition':
      return evaluateCondition(resolver, String(argument), path);
    case 'Fn::Equals': {
      const [left, right] = list(argument, path, 2).map((side) => resolver.string(side, path));
      return left === right;
    }
    case 'Fn::And':
      return operands().every(Boolean);
    case 'Fn::Or':
      return operands().some(Boolean);
    case 'Fn::Not':
      return !operands()[0];
    default:
      throw new TemplateRefusal(path, `must be a condition, got: ${JSON.stringify(expression)}`);
  }
}

function isNoValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { Ref?: unknown }).Ref === 'AWS::NoValue';
}

function array(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) {
    throw new TemplateRefusal(path, `must be a list, got: ${JSON.stringify(value)}`);
  }
  return value;
}

function list(value: unknown, path: string, length: number): unknown[] {
  const items = array(value, path);
  if (items.length !== length) {
    throw new TemplateRefusal(path, `must have ${length} items, got: ${items.length}`);
  }
  return items;
}
