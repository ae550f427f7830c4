import type { Template } from '../template/types';

/** The template with a word before every name in it, so that it can be laid beside another one. */
export function withPrefix(template: Template, prefix: string): Template {
  const names = new Set([template.Resources, template.Parameters].flatMap((section) => Object.keys(section ?? {})));
  const rename = (name: unknown) => (typeof name === 'string' && names.has(name) ? `${prefix}${name}` : name);
  const always = (name: unknown) => (typeof name === 'string' ? `${prefix}${name}` : name);
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(walk);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(key, item)]));
  };
  const visit = (key: string, item: unknown): unknown => {
    switch (key) {
      case 'Ref':
        return rename(item);
      case 'DependsOn':
        return Array.isArray(item) ? item.map(rename) : rename(item);
      case 'Condition':
        // In an IAM policy it is an object.
        return typeof item === 'string' ? always(item) : walk(item);
      case 'Fn::GetAtt':
        return Array.isArray(item) ? [rename(item[0]), ...item.slice(1)] : renameStart(item, rename);
      case 'Fn::If':
      case 'Fn::FindInMap':
        return Array.isArray(item) ? [always(item[0]), ...item.slice(1).map(walk)] : walk(item);
      case 'Fn::Sub':
        return Array.isArray(item) ? [renameInText(item[0], rename), walk(item[1])] : renameInText(item, rename);
      default:
        return walk(item);
    }
  };
  const section = (entries: Record<string, unknown> = {}) =>
    Object.fromEntries(Object.entries(entries).map(([name, item]) => [`${prefix}${name}`, walk(item)]));
  return {
    Resources: section(template.Resources) as Template['Resources'],
    Parameters: section(template.Parameters) as Template['Parameters'],
    Conditions: section(template.Conditions),
    Mappings: section(template.Mappings) as Template['Mappings'],
    Outputs: section(template.Outputs) as Template['Outputs'],
  };
}

function renameStart(text: unknown, rename: (name: unknown) => unknown) {
  const [name, ...rest] = String(text).split('.');
  return [rename(name), ...rest].join('.');
}

function renameInText(text: unknown, rename: (name: unknown) => unknown) {
  return String(text).replace(/\$\{([A-Za-z0-9]+)/g, (_match, name: string) => `\${${rename(name)}`);
}
