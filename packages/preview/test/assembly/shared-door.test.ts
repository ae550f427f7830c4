import { withPrefix } from '../../src/assembly/prefix';
import { withItsDoor } from '../../src/assembly/shared-door';
import { readPreviewModel } from '../../src/model/preview-model';
import { changedAssembly, type Json, STACK } from '../helpers/assembly';

/** What stays with the door when the fixture is cut in two. */
const DOOR = [
  'Users',
  'Domain',
  'Certificate',
  'LoadBalancer',
  'HttpRedirect',
  'Https',
  'SignOutRule',
  'SignOut',
  'SignOutTargets',
];
type Taking = 'exports' | 'parameters';

/** The fixture, with its listener in one stack and its app in another. */
function cutInTwo(taking: Taking) {
  const assembly = changedAssembly((resources) => {
    resources.Https.Properties.DefaultActions = [
      { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } },
    ];
  });
  const whole = assembly.stacks.find(({ name }) => name === STACK)!;
  const template = whole.template as Json;
  const door: Json = { Resources: {}, Outputs: {} };
  const app: Json = { ...template, Resources: {}, Parameters: { ...template.Parameters }, Outputs: {} };
  for (const [id, resource] of Object.entries(template.Resources)) {
    (DOOR.includes(id) ? door : app).Resources[id] = resource;
  }
  const share = (reference: Json) => {
    const key = JSON.stringify(reference).replace(/\W/g, '');
    if (taking === 'exports') {
      door.Outputs[key] = { Value: reference, Export: { Name: `Door:${key}` } };
      return { 'Fn::ImportValue': `Door:${key}` };
    }
    door.Resources[`Told${key}`] = {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: `/door/${key}`, Value: reference },
    };
    app.Parameters[key] = { Type: 'AWS::SSM::Parameter::Value<String>', Default: `/door/${key}` };
    return { Ref: key };
  };
  const isOfDoor = (value: Json) =>
    DOOR.includes(value?.Ref) || DOOR.includes([value?.['Fn::GetAtt'] ?? []].flat()[0]?.split('.')[0]);
  const replace = (value: Json): Json => {
    if (isOfDoor(value)) {
      return share(value);
    }
    return typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(replace)
        : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
  };
  app.Resources = replace(app.Resources);
  // Both stacks have one of this name, as two networks called 'Vpc' would.
  door.Resources.AppTargets = { Type: 'AWS::SNS::Topic' };
  const appStack = { ...whole, template: app };
  return {
    assembly: {
      ...assembly,
      stacks: [...assembly.stacks.filter((one) => one !== whole), appStack, { ...whole, name: 'Door', template: door }],
    },
    appStack,
  };
}

describe.each<Taking>(['exports', 'parameters'])('an app behind the door of another stack, found by %s', (taking) => {
  const { assembly, appStack } = cutInTwo(taking);
  const model = readPreviewModel(assembly, appStack, new Map());

  test('has the rules of both, in the order of their priorities', () => {
    const names = model.door.rules.map(({ name }) => name);

    expect(names).toContain('SharedDoor0SignOutRule');
    expect(names).toContain('ApiRule');
    expect(names.at(-1)).toBe('SharedDoor0Https (default)');
    const priorities = model.door.rules.map(({ priority }) => priority);
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
  });

  test('signs people in with the user pool of the door', () => {
    expect(model.userPool?.name).toBe('SharedDoor0Users');
    expect(model.authentications[0].poolName).toBe('SharedDoor0Users');
  });

  test('keeps its own resource where the door has one of the same name', () => {
    expect(model.targetGroups.map(({ name }) => name)).toContain('AppTargets');
  });

  test('answers 404 where no rule of the app is met', () => {
    expect(model.door.rules.at(-1)?.answer).toMatchObject({ type: 'fixed-response', status: 404 });
  });
});

test('a door that no stack of the app makes is refused with the next step', () => {
  const { assembly, appStack } = cutInTwo('parameters');
  const alone = { ...assembly, stacks: [appStack] };

  expect(() => withItsDoor(alone, appStack)).toThrow(
    /ListenerArn: the listener must be made by a stack of the same app, got: .*Synthesize the door's stack together/,
  );
});

test('a stack with a listener of its own is taken as it is', () => {
  const assembly = changedAssembly(() => undefined);
  const stack = assembly.stacks.find(({ name }) => name === STACK)!;

  expect(withItsDoor(assembly, stack)).toBe(stack);
});

test('a prefix comes before every name, wherever a template names something', () => {
  const template: Json = {
    Parameters: { Zone: { Type: 'String' } },
    Mappings: { Sizes: {} },
    Conditions: { First: { 'Fn::Equals': [{ Ref: 'Zone' }, 'a'] } },
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Condition: 'First',
        DependsOn: ['Other'],
        Properties: {
          A: { 'Fn::GetAtt': ['Other', 'Arn'] },
          B: { 'Fn::GetAtt': 'Other.Arn' },
          C: { 'Fn::Sub': '${Other.Arn}/${Zone}/${AWS::Region}' },
          D: { 'Fn::If': ['First', { Ref: 'Other' }, { Ref: 'AWS::NoValue' }] },
          E: { 'Fn::FindInMap': ['Sizes', 'a', 'b'] },
          F: { 'Fn::Sub': ['${Other} ${Mine}', { Mine: { Ref: 'Zone' } }] },
          G: [{ Ref: 'Other' }, 'Other', null],
          Policy: { Condition: { StringEquals: { a: 'b' } } },
        },
      },
      Other: { Type: 'AWS::S3::Bucket', DependsOn: 'Bucket' },
    },
  };

  expect(withPrefix(template, 'X')).toMatchObject({
    Conditions: { XFirst: { 'Fn::Equals': [{ Ref: 'XZone' }, 'a'] } },
    Resources: {
      XBucket: {
        Condition: 'XFirst',
        DependsOn: ['XOther'],
        Properties: {
          A: { 'Fn::GetAtt': ['XOther', 'Arn'] },
          B: { 'Fn::GetAtt': 'XOther.Arn' },
          C: { 'Fn::Sub': '${XOther.Arn}/${XZone}/${AWS::Region}' },
          D: { 'Fn::If': ['XFirst', { Ref: 'XOther' }, { Ref: 'AWS::NoValue' }] },
          E: { 'Fn::FindInMap': ['XSizes', 'a', 'b'] },
          F: { 'Fn::Sub': ['${XOther} ${Mine}', { Mine: { Ref: 'XZone' } }] },
          G: [{ Ref: 'XOther' }, 'Other', null],
          Policy: { Condition: { StringEquals: { a: 'b' } } },
        },
      },
      XOther: { DependsOn: 'XBucket' },
    },
  });
});
