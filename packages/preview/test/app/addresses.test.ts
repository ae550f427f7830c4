import { fillAddresses } from '../../src/app/addresses';

const ADDRESSES = { publicKeysUrl: 'http://127.0.0.1:1/public-keys', jwksUrl: 'http://127.0.0.1:1/jwks' };
const environment = new Map([
  ['KEYS', '{publicKeysUrl}'],
  ['BOTH', '{jwksUrl},{publicKeysUrl}'],
  ['TEMPLATE', '{publicKeysUrl}'],
  ['OTHER', '{somethingElse}'],
]);
const given = new Set(['KEYS', 'BOTH', 'OTHER']);

test('addresses are put into what the command line gives, and nowhere else', () => {
  expect(Object.fromEntries(fillAddresses(environment, given, ADDRESSES, 'process'))).toEqual({
    KEYS: 'http://127.0.0.1:1/public-keys',
    BOTH: 'http://127.0.0.1:1/jwks,http://127.0.0.1:1/public-keys',
    TEMPLATE: '{publicKeysUrl}',
    OTHER: '{somethingElse}',
  });
});

test('with Docker they are refused, because a container cannot reach them', () => {
  const fill = () => fillAddresses(environment, given, ADDRESSES, 'docker');
  expect(fill).toThrow(/--env KEYS.*Use --engine process/);
  expect(fill).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('with Docker everything else is taken as it is', () => {
  const harmless = new Map([
    ['OTHER', '{somethingElse}'],
    ['TEMPLATE', '{publicKeysUrl}'],
  ]);
  expect(fillAddresses(harmless, given, ADDRESSES, 'docker')).toEqual(harmless);
});
