import { TemplateRefusal } from '../errors';
import { LISTENER, LISTENER_RULE, SSM_PARAMETER, type Template } from '../template/types';
import type { AssemblyStack, CloudAssembly } from './cloud-assembly';
import { withPrefix } from './prefix';

/** No logical id of an app begins so. */
const PREFIX = 'SharedDoor0';

/**
 * A stack that has a way in: an app whose rules stand at the listener of another stack is laid beside that stack, as one.
 *
 * What the app takes over from there (exports, SSM parameters) becomes a direct reference. Names of the other stack get a
 * prefix, because both may have the same ones.
 */
export function withItsDoor(assembly: CloudAssembly, stack: AssemblyStack): AssemblyStack {
  const rules = Object.entries(stack.template.Resources).filter(([, { Type }]) => Type === LISTENER_RULE);
  const ownListener = Object.values(stack.template.Resources).some(({ Type }) => Type === LISTENER);
  if (ownListener || rules.length === 0) {
    return stack;
  }
  const [[rule, { Properties = {} }]] = rules;
  const others = assembly.stacks.filter((other) => other !== stack);
  for (const other of others) {
    const door = withPrefix(other.template, PREFIX);
    const takenOver = sharedValues(other.template, door);
    if (standsFor(Properties.ListenerArn, stack.template, takenOver) !== undefined) {
      return {
        ...stack,
        template: join(stack.template, door, takenOver),
        assets: new Map([...other.assets, ...stack.assets]),
      };
    }
  }
  throw new TemplateRefusal(
    `Resources.${rule}.Properties.ListenerArn`,
    `the listener must be made by a stack of the same app, got: ${JSON.stringify(Properties.ListenerArn)}. Synthesize the door's stack together with this one`,
  );
}

/** Values by `export:<name>` and `ssm:<name>`, in the words of the template with the prefix. */
function sharedValues(template: Template, door: Template): Map<string, unknown> {
  const exported = Object.entries(template.Outputs ?? {}).flatMap(([id, { Export }]) =>
    typeof Export?.Name === 'string'
      ? [[`export:${Export.Name}`, door.Outputs?.[`${PREFIX}${id}`].Value] as const]
      : [],
  );
  const parameters = Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === SSM_PARAMETER && typeof Properties.Name === 'string'
      ? [[`ssm:${Properties.Name}`, door.Resources[`${PREFIX}${id}`].Properties?.Value] as const]
      : [],
  );
  return new Map([...exported, ...parameters]);
}

/** What a reference of the app stands for at the door, or undefined. */
function standsFor(reference: unknown, app: Template, takenOver: ReadonlyMap<string, unknown>): unknown {
  const entries = typeof reference === 'object' && reference !== null ? Object.entries(reference) : [];
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length !== 1 || typeof argument !== 'string') {
    return undefined;
  }
  if (name === 'Fn::ImportValue') {
    return takenOver.get(`export:${argument}`);
  }
  const parameter = name === 'Ref' ? app.Parameters?.[argument] : undefined;
  return parameter?.Type.startsWith('AWS::SSM::Parameter::Value')
    ? takenOver.get(`ssm:${parameter.Default}`)
    : undefined;
}

function join(app: Template, door: Template, takenOver: ReadonlyMap<string, unknown>): Template {
  const walk = (value: unknown): unknown => {
    const found = standsFor(value, app, takenOver);
    if (found !== undefined) {
      return found;
    }
    if (Array.isArray(value)) {
      return value.map(walk);
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]))
      : value;
  };
  return {
    Parameters: { ...door.Parameters, ...app.Parameters },
    Mappings: { ...door.Mappings, ...app.Mappings },
    Conditions: { ...door.Conditions, ...app.Conditions },
    Resources: { ...door.Resources, ...(walk(app.Resources) as Template['Resources']) },
    Outputs: { ...(walk(app.Outputs ?? {}) as Template['Outputs']) },
  };
}
