type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const objectWith =
  (fields: Record<string, Check>): Check =>
  (value) =>
    object(value) && Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));

/** Fields of a task definition in JSON that are read here, and what each must be. */
export const taskShape: Record<string, [Check, string]> = {
  family: [text, 'text'],
  cpu: [(value) => cpuUnitsOf(value) !== undefined, 'CPU units, such as "256", or vCPU, such as "1 vCPU"'],
  memory: [(value) => memoryMiBOf(value) !== undefined, 'MiB, such as "512", or GB, such as "1 GB"'],
  networkMode: [text, 'text'],
  requiresCompatibilities: [listOf(text), 'a list of texts'],
  containerDefinitions: [listOf(object), 'a list of containers'],
};

export const containerShape: Record<string, [Check, string]> = {
  name: [text, 'text'],
  essential: [(value) => value === true, 'true for the only container'],
  environment: [listOf(objectWith({ name: text, value: text })), 'a list of {"name": ..., "value": ...}'],
  portMappings: [listOf(objectWith({ containerPort: Number.isInteger })), 'a list of {"containerPort": 5000}'],
  logConfiguration: [objectWith({ logDriver: text }), 'an object with a "logDriver"'],
  readonlyRootFilesystem: [(value) => typeof value === 'boolean', 'true or false'],
  stopTimeout: [Number.isInteger, 'a whole number of seconds'],
};

/** What has another form than it must have, each in a sentence. A field that is missing has its default. */
export function misshapen(json: Record<string, unknown>, shape: Record<string, [Check, string]>, at: string): string[] {
  return Object.entries(shape)
    .filter(([field, [check]]) => json[field] !== undefined && !check(json[field]))
    .map(([field, [, rule]]) => `${at}${field} must be ${rule}, got: ${shown(field, json[field])}`);
}

/** People keep secrets in environment variables: they are not for the screen. */
function shown(field: string, value: unknown): string {
  return field === 'environment' ? 'something else' : JSON.stringify(value);
}

/** CPU units as ECS reads them: `256`, `"256"`, `"0.25 vCPU"`. */
export function cpuUnitsOf(value: unknown): number | undefined {
  return amountOf(value, /^([\d.]+) ?(vcpu)?$/i, 1024);
}

/** MiB as ECS reads them: `512`, `"512"`, `"0.5 GB"`. */
export function memoryMiBOf(value: unknown): number | undefined {
  return amountOf(value, /^([\d.]+) ?(gb)?$/i, 1024);
}

function amountOf(value: unknown, form: RegExp, largeUnit: number): number | undefined {
  const [, number, unit] = form.exec(String(value)) ?? [];
  const amount = Number(number) * (unit ? largeUnit : 1);
  return number && Number.isInteger(amount) ? amount : undefined;
}
