import type { AssemblyStack, CloudAssembly } from '../../src/assembly/cloud-assembly';
import { TemplateRefusal } from '../../src/errors';
import { Resolver } from '../../src/template/resolver';
import type { Template } from '../../src/template/types';

function resolver(template: Partial<Template>, others: Template[] = []): Resolver {
  const stack = (content: Partial<Template>, name: string): AssemblyStack => ({
    name,
    region: 'eu-west-1',
    account: '123456789012',
    template: { Resources: {}, ...content },
    assets: new Map(),
  });
  const own = stack(template, 'Own');
  const assembly: CloudAssembly = {
    directory: '',
    stacks: [own, ...others.map((other, index) => stack(other, `Other${index}`))],
  };
  return new Resolver(own, assembly);
}

const POOL = { Type: 'AWS::Cognito::UserPool' };

test.each([
  [{ Ref: 'AWS::Region' }, 'eu-west-1'],
  [{ Ref: 'AWS::Partition' }, 'aws'],
  [{ Ref: 'Color' }, 'blue'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Color' }, 3]] }, 'a-blue-3'],
  [{ 'Fn::Sub': 'x-${Color}-${AWS::AccountId}-${!Literal}' }, 'x-blue-123456789012-${Literal}'],
  [
    { 'Fn::Sub': ['${A}/${Pool.Arn}', { A: { Ref: 'Color' } }] },
    /^blue\/arn:aws:cognito-idp:eu-west-1:123456789012:userpool\/eu-west-1_\w{9}$/,
  ],
  [{ 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
  [{ 'Fn::Base64': 'hi' }, 'aGk='],
  [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Color' }, 'cpu'] }, '256'],
  [{ 'Fn::If': ['IsBlue', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['IsNotBlue', 'yes', 'no'] }, 'no'],
  [{ 'Fn::GetAtt': ['Pool', 'ProviderURL'] }, /^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_/],
  [{ 'Fn::ImportValue': 'shared' }, 'imported'],
  [{ Ref: 'FromSsm' }, 'sha256:1'],
  ['{{resolve:ssm:/image}}', 'sha256:1'],
  ['{{resolve:ssm:/image:2}}', 'sha256:1'],
  ['{{resolve:ssm:/image:12}}', 'sha256:1'],
  ['a {{resolve:ssm:/image}} and {{resolve:ssm:/image}}', 'a sha256:1 and sha256:1'],
  [5, '5'],
  [false, 'false'],
  ['Fn::Join', 'Fn::Join'],
  [{ 'Fn::Sub': '${A' }, '${A'],
  [{ 'Fn::Sub': ['${Color}', { Color: 'own' }] }, 'own'],
  [{ 'Fn::Select': [0, ['a', 'b']] }, 'a'],
  [{ 'Fn::If': [{ 'Fn::Or': [{ Condition: 'IsNotBlue' }, { 'Fn::Equals': ['a', 'b'] }] }, 'yes', 'no'] }, 'no'],
  [{ 'Fn::If': [{ 'Fn::And': [{ Condition: 'IsBlue' }, { Condition: 'IsNotBlue' }] }, 'yes', 'no'] }, 'no'],
  [{ 'Fn::Equals': ['a', 'a'] }, 'true'],
  [{ 'Fn::And': [{ Condition: 'IsBlue' }] }, 'true'],
  [{ 'Fn::Or': [{ Condition: 'IsNotBlue' }] }, 'false'],
  [{ 'Fn::Not': [{ Condition: 'IsBlue' }] }, 'false'],
])('%j is %s', (value, expected) => {
  const own = resolver(
    {
      Parameters: {
        Color: { Type: 'String', Default: 'blue' },
        FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
      },
      Mappings: { Sizes: { blue: { cpu: 256 } } },
      Conditions: {
        IsBlue: {
          'Fn::And': [
            { 'Fn::Equals': [{ Ref: 'Color' }, 'blue'] },
            { 'Fn::Or': [{ 'Fn::Equals': ['1', '2'] }, { 'Fn::Equals': ['1', '1'] }] },
          ],
        },
        IsNotBlue: { 'Fn::Not': [{ Condition: 'IsBlue' }] },
      },
      Resources: { Pool: POOL },
    },
    [
      {
        Resources: { Image: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/image', Value: 'sha256:1' } } },
        Outputs: { Shared: { Value: 'imported', Export: { Name: 'shared' } } },
      },
    ],
  );
  const resolved = own.string(value, 'Here');
  expect(resolved).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected);
});

test('a property set to AWS::NoValue is not there', () => {
  const own = resolver({ Conditions: { Never: { 'Fn::Equals': ['1', '2'] } } });
  expect(
    own.value({ a: { Ref: 'AWS::NoValue' }, b: [1, { 'Fn::If': ['Never', 2, { Ref: 'AWS::NoValue' }] }] }, 'Here'),
  ).toStrictEqual({ b: [1] });
});

test('a resource under a condition that does not hold is not there', () => {
  const own = resolver({
    Conditions: { Never: { 'Fn::Equals': ['1', '2'] } },
    Resources: { Pool: { ...POOL, Condition: 'Never' } },
  });
  expect(own.resources('AWS::Cognito::UserPool')).toEqual([]);
});

test('a link is the name of a resource of this stack, however it is pointed at', () => {
  const own = resolver({ Resources: { Pool: POOL } });
  for (const value of [{ Ref: 'Pool' }, { 'Fn::GetAtt': ['Pool', 'Arn'] }, { 'Fn::GetAtt': 'Pool.Arn' }]) {
    expect(own.link(value, 'Here')).toBe('Pool');
  }
  for (const value of [
    'Pool',
    undefined,
    null,
    ['Pool'],
    { Ref: 'Other' },
    { Ref: 'Pool', More: 1 },
    { Ref: ['Pool'] },
  ]) {
    expect(own.optionalLink(value)).toBeUndefined();
    expect(() => own.link(value, 'Here')).toThrow(
      `Here: must point at a resource of this stack, got: ${JSON.stringify(value)}.`,
    );
  }
});

test('a resource of another type is refused by what it is, and one that is not there by its name', () => {
  const own = resolver({ Resources: { Pool: POOL } });
  expect(own.resource('Pool', POOL.Type, 'Here')).toBe(POOL);
  expect(() => own.resource('Pool', 'AWS::X::Y', 'Here')).toThrow(
    'Here: must point at a resource of type AWS::X::Y, got: AWS::Cognito::UserPool.',
  );
  expect(() => own.resource('Other', 'AWS::X::Y', 'Here')).toThrow('of type AWS::X::Y, got: Other.');
});

test('what another stack exports is read with that stack’s own names', () => {
  const other = (Name: unknown, Value: unknown): Template => ({
    Resources: { Pool: POOL },
    Outputs: { Plain: { Value: 'not exported' }, Out: { Value, Export: { Name } } },
  });
  const own = resolver({}, [
    other({ 'Fn::Sub': '${AWS::StackName}-pool' }, { Ref: 'Pool' }),
    other('second', { 'Fn::GetAtt': ['Pool', 'Arn'] }),
  ]);
  expect(own.string({ 'Fn::ImportValue': 'Other0-pool' }, 'Here')).toMatch(/^eu-west-1_/);
  expect(own.string({ 'Fn::ImportValue': { 'Fn::Join': ['', ['sec', 'ond']] } }, 'Here')).toMatch(
    /^arn:aws:cognito-idp:/,
  );
});

test('an SSM parameter may be of this stack, too', () => {
  const parameter = (Name: string, Value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name, Value } });
  const own = resolver({ Resources: { A: parameter('/a', 'x'), B: parameter('/b', { Ref: 'AWS::StackName' }) } });
  expect(own.ssmParameter('/b', 'Here')).toBe('Own');
});

test('the stand-ins are the same in every start and differ between resources', () => {
  const own = resolver({ Resources: { Pool: POOL, Other: POOL } });
  expect(own.string({ Ref: 'Pool' }, '')).toBe(resolver({ Resources: { Pool: POOL } }).string({ Ref: 'Pool' }, ''));
  expect(own.string({ Ref: 'Pool' }, '')).not.toBe(own.string({ Ref: 'Other' }, ''));
});

test.each([
  [{ Ref: 'Nothing' }, 'Ref must name a parameter or a resource, got: Nothing'],
  [{ Ref: 'Open' }, 'the parameter Open has no default'],
  [{ Ref: 'Elsewhere' }, 'the SSM parameter /elsewhere is not made by this app'],
  [{ Ref: 'Table' }, 'Table (AWS::DynamoDB::Table) does not exist on this machine'],
  [{ 'Fn::GetAtt': ['Pool', 'Surprise'] }, 'Pool (AWS::Cognito::UserPool.Surprise) does not exist on this machine'],
  [{ 'Fn::GetAZs': '' }, 'the preview does not know the function Fn::GetAZs'],
  [{ 'Fn::ImportValue': 'nothing' }, 'no stack of this app exports nothing'],
  [{ 'Fn::If': ['Nothing', 1, 2] }, 'the template has no condition Nothing'],
  [{ 'Fn::FindInMap': ['a', 'b', 'c'] }, 'the template has no mapping a.b.c'],
  [{ 'Fn::FindInMap': ['Sizes', 'b', 'c'] }, 'the template has no mapping Sizes.b.c'],
  [{ 'Fn::FindInMap': ['Sizes', 'blue', 'c'] }, 'the template has no mapping Sizes.blue.c'],
  [{ 'Fn::Select': ['5', ['a']] }, 'must select one of 1 items, got: 5'],
  [{ 'Fn::Join': ['-'] }, 'must have 2 items, got: 1'],
  ['{{resolve:secretsmanager:db:SecretString:password}}', 'a secret (secretsmanager) has no value on this machine'],
  [{ a: 1 }, 'must be a string, got: {"a":1}'],
  [undefined, 'must be a string, got: undefined'],
  [{ 'Fn::GetAtt': ['Nothing', 'Arn'] }, 'Fn::GetAtt must name a resource, got: Nothing'],
  [{ 'Fn::Join': ['-', 'a'] }, 'must be a list, got: "a"'],
  [{ 'Fn::Join': ['-', ['a', ['b']]] }, 'must be a string, got: ["b"]'],
  [{ 'Fn::Select': ['0', 'a'] }, 'must be a list, got: "a"'],
  [{ 'Fn::Select': ['1', ['a']] }, 'must select one of 1 items, got: 1'],
  [{ 'Fn::Split': [',', ['a']] }, 'must be a string, got: ["a"]'],
  [{ 'Fn::FindInMap': ['a', 'b'] }, 'must have 3 items, got: 2'],
  [{ 'Fn::If': ['Nothing', 1] }, 'must have 3 items, got: 2'],
  [{ 'Fn::If': [{ 'Fn::Surprise': [] }, 1, 2] }, 'must be a condition, got: {"Fn::Surprise":[]}'],
  [{ 'Fn::If': [{ 'Fn::And': 'x' }, 1, 2] }, 'must be a list, got: "x"'],
  [{ 'Fn::If': [null, 1, 2] }, 'must be a condition, got: null'],
  [{ 'Fn::If': [{ 'Fn::Equals': ['a'] }, 1, 2] }, 'must have 2 items, got: 1'],
])('%j is refused with the place where it stands', (value, sentence) => {
  const own = resolver({
    Parameters: {
      Open: { Type: 'String' },
      Elsewhere: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/elsewhere' },
    },
    Mappings: { Sizes: { blue: { cpu: 256 } } },
    Resources: { Pool: POOL, Table: { Type: 'AWS::DynamoDB::Table' } },
  });
  const read = () => own.string(value, 'Resources.X.Properties.Y');
  expect(read).toThrow(TemplateRefusal);
  expect(read).toThrow(sentence);
  expect(read).toThrow(/^Resources\.X\.Properties\.Y/);
});
