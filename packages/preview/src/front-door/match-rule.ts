import { BlockList, isIPv6 } from 'node:net';
import type { Condition } from '../model/conditions';
import type { Rule } from '../model/front-door-model';
import { wildcard } from './wildcard';

/** What a listener rule may look at. */
export interface Facts {
  /** Host as colleagues type it, without a port. */
  readonly host: string;
  /** Exactly as it came over the wire, without the query. */
  readonly path: string;
  /** Exactly as it came over the wire, without the question mark. */
  readonly query: string;
  readonly method: string;
  readonly clientAddress: string;
  /** Values of a header, by its name in lower case. */
  readonly header: (name: string) => readonly string[];
}

type Matcher = (facts: Facts) => boolean;

/** Gives the rule for a request: the first one, by priority, all of whose conditions match. */
export class RuleMatcher {
  private readonly rules: readonly { readonly rule: Rule; readonly matchers: readonly Matcher[] }[];

  constructor(rules: readonly Rule[]) {
    this.rules = rules.map((rule) => ({ rule, matchers: rule.conditions.map(compile) }));
  }

  public match(facts: Facts): Rule {
    const found = this.rules.find(({ matchers }) => matchers.every((matcher) => matcher(facts)));
    if (!found) {
      throw new Error('a listener always has a default rule');
    }
    return found.rule;
  }
}

function compile(condition: Condition): Matcher {
  switch (condition.field) {
    case 'host-header':
      return any(condition.values, false, (facts) => [facts.host]);
    case 'path-pattern':
      return any(condition.values, true, (facts) => [facts.path]);
    case 'path-expression':
      return ({ path }) => condition.values.some((expression) => expression.test(path));
    case 'http-header':
      return any(condition.values, false, (facts) => facts.header(condition.header));
    case 'http-request-method':
      return (facts) => condition.values.includes(facts.method);
    case 'query-string':
      return compileQuery(condition.values);
    case 'source-ip':
      return compileSourceIp(condition.values);
  }
}

function any(patterns: readonly string[], caseSensitive: boolean, texts: (facts: Facts) => readonly string[]): Matcher {
  const matchers = patterns.map((pattern) => wildcard(pattern, { caseSensitive }));
  return (facts) => texts(facts).some((text) => matchers.some((matches) => matches(text)));
}

function compileQuery(values: readonly { readonly key?: string; readonly value: string }[]): Matcher {
  const matchers = values.map(({ key, value }) => ({
    key: key === undefined ? undefined : wildcard(key, { caseSensitive: false }),
    value: wildcard(value, { caseSensitive: false }),
  }));
  return ({ query }) => {
    const pairs = query.split('&').map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? { key: pair, value: '' } : { key: pair.slice(0, at), value: pair.slice(at + 1) };
    });
    return matchers.some((wanted) =>
      pairs.some((pair) => (wanted.key?.(pair.key) ?? true) && wanted.value(pair.value)),
    );
  };
}

function compileSourceIp(blocks: readonly string[]): Matcher {
  // One list for each family: a single one would hold IPv4 addresses against IPv6 blocks too.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const block of blocks) {
    const [address, bits] = block.split('/');
    lists[family(address)].addSubnet(address, Number(bits), family(address));
  }
  return ({ clientAddress }) => lists[family(clientAddress)].check(clientAddress, family(clientAddress));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
