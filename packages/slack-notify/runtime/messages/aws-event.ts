import { createHash } from 'node:crypto';

/** Deeper than any state that AWS tells. */
const MAX_DEPTH = 10;

/** An event of EventBridge. Nothing in it is certain: AWS adds fields, and anybody may send to a bus. */
export interface AwsEvent {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601, or empty. */
  readonly time: string;
  readonly resources: string[];
  readonly detail: Detail;
}

/** Reads fields of whatever shape without ever failing. */
export class Detail {
  public constructor(private readonly value: unknown) {}

  /** Text of a field, numbers as text, empty when there is none. */
  public text(name: string): string {
    const field = this.field(name);
    return typeof field === 'string' || typeof field === 'number' ? String(field) : '';
  }

  public number(name: string): number | undefined {
    const field = this.field(name);
    return typeof field === 'number' && Number.isFinite(field) ? field : undefined;
  }

  public child(name: string): Detail {
    return new Detail(this.field(name));
  }

  public children(name: string): Detail[] {
    const field = this.field(name);
    return Array.isArray(field) ? field.map((item) => new Detail(item)) : [];
  }

  public list(name: string): unknown[] {
    const field = this.field(name);
    return Array.isArray(field) ? field : [];
  }

  public texts(name: string): string[] {
    const field = this.field(name);
    return Array.isArray(field) ? field.filter((item) => typeof item === 'string') : [];
  }

  public names(): string[] {
    return isObject(this.value) ? Object.keys(this.value) : [];
  }

  /**
   * What it says in words, like states and names, at any depth. Numbers, times and ids are left out: they differ in each
   * event of the same happening.
   */
  public words(): string {
    const words: string[] = [];
    const look = (name: string, value: unknown, depth = 0) => {
      if (typeof value === 'boolean' || (typeof value === 'string' && !/\d/.test(value))) {
        words.push(`${name}=${value}`);
      } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
        for (const [key, inner] of Object.entries(value)) {
          look(`${name}.${key}`, inner, depth + 1);
        }
      }
    };
    look('', this.value);
    return createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 16);
  }

  public toJson(): string {
    return JSON.stringify(this.value ?? null);
  }

  private field(name: string): unknown {
    return isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
  }
}

/** The event in a message of the queue, or undefined when it is none. */
export function readEvent(body: string): AwsEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(value)) {
    return undefined;
  }
  const event = new Detail(value);
  return {
    id: event.text('id'),
    source: event.text('source'),
    detailType: event.text('detail-type'),
    account: event.text('account'),
    region: event.text('region'),
    time: event.text('time'),
    resources: event.texts('resources'),
    detail: event.child('detail'),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
