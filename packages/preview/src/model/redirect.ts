import { TemplateRefusal } from '../errors';
import { oneOf, type Properties, refuseUnknown } from './properties';

export interface Redirect {
  readonly type: 'redirect';
  readonly status: 301 | 302;
  /** Parts of the target; each may hold `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

const PLACEHOLDERS = ['protocol', 'host', 'port', 'path', 'query'];

/** Reads a `RedirectConfig`. */
export function readRedirect(config: Properties, path: string): Redirect {
  refuseUnknown(config, ['Host', 'Path', 'Port', 'Protocol', 'Query', 'StatusCode'], path);
  for (const [name, value] of Object.entries(config)) {
    for (const [, placeholder] of String(value).matchAll(/#\{([^}]*)\}/g)) {
      if (!PLACEHOLDERS.includes(placeholder)) {
        throw new TemplateRefusal(`${path}.${name}`, `the preview does not know #{${placeholder}}`);
      }
    }
  }
  const part = (name: string, missing: string) => (config[name] === undefined ? missing : String(config[name]));
  return {
    type: 'redirect',
    status: oneOf(config.StatusCode, ['HTTP_301', 'HTTP_302'], `${path}.StatusCode`) === 'HTTP_301' ? 301 : 302,
    protocol: oneOf(
      part('Protocol', '#{protocol}').toUpperCase(),
      ['HTTP', 'HTTPS', '#{PROTOCOL}'],
      `${path}.Protocol`,
    ),
    host: part('Host', '#{host}'),
    port: part('Port', '#{port}'),
    path: part('Path', '/#{path}'),
    query: part('Query', '#{query}'),
  };
}
