import type { Redirect } from '../model/redirect';
import type { Facts } from './match-rule';

/** The `Location` of a redirect action, in public addresses, as the load balancer builds it. */
export function redirectLocation(redirect: Redirect, facts: Facts): string {
  const values: Record<string, string> = {
    protocol: 'https',
    host: facts.host,
    port: '443',
    // Without the leading slash, so that '/#{path}' is the unchanged path.
    path: facts.path.slice(1),
    query: facts.query,
  };
  const fill = (part: string) =>
    part.replace(/#\{(\w+)\}/g, (_match, name: string) => values[name.toLowerCase()] ?? '');
  const query = fill(redirect.query);
  return `${fill(redirect.protocol).toLowerCase()}://${fill(redirect.host)}:${fill(redirect.port)}${fill(redirect.path)}${query === '' ? '' : `?${query}`}`;
}
