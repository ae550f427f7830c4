import type { DeploymentSettings } from './settings';

/** What `infra/config.ts` holds: where and for whom the app is deployed, and what of its container the stack must know. */
export interface Config extends DeploymentSettings {
  readonly container: {
    readonly port: number;
    readonly healthCheckPath: string;
    readonly command: string[];
    readonly environment: { [name: string]: string };
  };
}

/** Text of `infra/config.ts`. */
export function configModule(config: Config): string {
  return [
    '',
    '/** Where and for whom the app is deployed, from the options in `.projenrc.ts`. Sizes stand in `app-stack.ts`. */',
    `export const config = ${literal(config, '')};`,
  ].join('\n');
}

function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => literal(item, indent)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const inner = `${indent}  `;
    const lines = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `${inner}${key}: ${literal(item, inner)},`);
    return lines.length > 0 ? `{\n${lines.join('\n')}\n${indent}}` : '{}';
  }
  return typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`
    : String(value);
}
