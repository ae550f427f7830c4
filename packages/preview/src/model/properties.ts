import { TemplateRefusal } from '../errors';

export type Properties = Readonly<Record<string, unknown>>;

/** Refuses a property that the preview does not know: passing over it could hide what the real thing would do. */
export function refuseUnknown(properties: Properties, known: readonly string[], path: string): void {
  for (const name of Object.keys(properties)) {
    if (!known.includes(name)) {
      throw new TemplateRefusal(`${path}.${name}`, 'the preview does not know this property');
    }
  }
}

/** A list of objects, or an empty list where the property is missing. */
export function objects(value: unknown, path: string): Properties[] {
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'object' || item === null)) {
    throw new TemplateRefusal(path, `must be a list of objects, got: ${JSON.stringify(value)}`);
  }
  return value;
}

export function object(value: unknown, path: string): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TemplateRefusal(path, `must be an object, got: ${JSON.stringify(value)}`);
  }
  return value as Properties;
}

/** A list of strings, or an empty list where the property is missing. */
export function strings(value: unknown, path: string): string[] {
  if (value === undefined) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new TemplateRefusal(path, `must be a list of strings, got: ${JSON.stringify(value)}`);
  }
  return value.map(String);
}

export function oneOf<const T extends string>(value: unknown, allowed: readonly T[], path: string): T {
  if (!allowed.includes(value as T)) {
    throw new TemplateRefusal(path, `the preview knows ${allowed.join(', ')}, got: ${JSON.stringify(value)}`);
  }
  return value as T;
}

/** CloudFormation takes numbers as strings too. */
export function integer(value: unknown, path: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) {
    throw new TemplateRefusal(path, `must be a whole number, got: ${JSON.stringify(value)}`);
  }
  return number;
}

/** CloudFormation takes booleans as strings too. */
export function flag(value: unknown, path: string): boolean {
  if (value === undefined) {
    return false;
  }
  if (value !== true && value !== false && value !== 'true' && value !== 'false') {
    throw new TemplateRefusal(path, `must be true or false, got: ${JSON.stringify(value)}`);
  }
  return value === true || value === 'true';
}

/** A list of `{ Key, Value }` as a map. */
export function attributes(value: unknown, path: string): Map<string, string> {
  return new Map(objects(value, path).map(({ Key, Value }) => [String(Key), String(Value)]));
}
