import { type Change, changedModel, type Json } from '../helpers/assembly';

describe('jwt-validation', () => {
  const AT = 'Resources.MachineRule.Properties.Actions.0.JwtValidationConfig';
  const withClaims =
    (...claims: Json[]): Change =>
    ({ MachineRule }) =>
      (MachineRule.Properties.Actions[0].JwtValidationConfig.AdditionalClaims = claims);
  const validationOf = (change: Change) => {
    const [gate] = changedModel(change).door.rules.find(({ name }) => name === 'MachineRule')!.gates;
    return gate.type === 'validate-jwt' ? gate.validation : undefined;
  };
  const claim = (Name: string, Format = 'single-string') => ({ Name, Format, Values: ['a', 1] });

  test('is read with its claims', () => {
    const formats = ['single-string', 'string-array', 'space-separated-values'];
    expect(validationOf(withClaims(...formats.map((format) => claim(format, format))))).toEqual({
      issuer: expect.stringMatching(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_\w{9}$/),
      jwksEndpoint: expect.stringMatching(/\/us-east-1_\w{9}\/\.well-known\/jwks\.json$/),
      claims: formats.map((format) => ({ name: format, format, values: ['a', '1'] })),
    });
    expect(validationOf(() => undefined)?.claims).toEqual([]);
  });

  test('has ten claims at most', () => {
    const many = (length: number) => withClaims(...Array.from({ length }, (_, index) => claim(`c${index}`)));
    expect(validationOf(many(10))?.claims).toHaveLength(10);
    expect(() => changedModel(many(11))).toThrow(`${AT}.AdditionalClaims: must be 10 claims at most, got: 11.`);
  });

  test.each(['exp', 'iss', 'nbf', 'iat'])('does not name %s, which is checked anyway', (name) => {
    expect(() => changedModel(withClaims(claim('ok'), claim(name)))).toThrow(
      `${AT}.AdditionalClaims.1.Name: must not be one that is checked anyway, got: ${name}.`,
    );
  });

  test.each<[string, Change, string]>([
    [
      'an unknown format',
      withClaims(claim('a', 'list')),
      `${AT}.AdditionalClaims.0.Format: the preview knows single-string, string-array, space-separated-values, got: "list".`,
    ],
    [
      'an unknown option of a claim',
      withClaims({ ...claim('a'), Moon: 1 }),
      `${AT}.AdditionalClaims.0.Moon: the preview does not know this property.`,
    ],
    [
      'values that are no list',
      withClaims({ ...claim('a'), Values: 'a' }),
      `${AT}.AdditionalClaims.0.Values: must be a list of strings, got: "a".`,
    ],
    [
      'an unknown option',
      ({ MachineRule }) => (MachineRule.Properties.Actions[0].JwtValidationConfig.Moon = 1),
      `${AT}.Moon: the preview does not know this property.`,
    ],
    [
      'no issuer',
      ({ MachineRule }) => delete MachineRule.Properties.Actions[0].JwtValidationConfig.Issuer,
      `${AT}.Issuer: must be a string, got: undefined.`,
    ],
    [
      'no keys',
      ({ MachineRule }) => delete MachineRule.Properties.Actions[0].JwtValidationConfig.JwksEndpoint,
      `${AT}.JwksEndpoint: must be a string, got: undefined.`,
    ],
  ])('%s is refused', (_name, change, sentence) => {
    expect(() => changedModel(change)).toThrow(sentence);
  });
});
