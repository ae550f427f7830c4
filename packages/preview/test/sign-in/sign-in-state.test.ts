import { Seal } from '../../src/session/seal';
import { SIGN_IN_SECONDS, SignInStates } from '../../src/sign-in/sign-in-state';

const START = 1_800_000_000;
let now: jest.SpyInstance;
let seal: Seal;
let states: SignInStates;
beforeEach(() => {
  now = jest.spyOn(Date, 'now').mockReturnValue(START * 1000);
  seal = new Seal();
  states = new SignInStates(seal);
});
afterEach(() => now.mockRestore());

test('a browser keeps its nonce, so that two tabs can sign in at once', () => {
  const nonce = states.nonce(undefined);

  expect(states.nonce(nonce)).toBe(nonce);
  expect(states.nonce(undefined)).not.toBe(nonce);
});

test.each(['', 'x', '.', 'x.y', 'x.'])('a nonce that is not ours, %j, is replaced', (given) => {
  expect(states.nonce(given)).not.toBe(given);
});

test('a nonce of another start, or with one changed character, is replaced', () => {
  const other = new SignInStates(seal).nonce(undefined);
  const [value, mac] = states.nonce(undefined).split('.');
  const changed = `${value[0] === 'A' ? 'B' : 'A'}${value.slice(1)}.${mac}`;

  expect(states.nonce(other)).not.toBe(other);
  expect(states.nonce(changed)).not.toBe(changed);
});

test('a sign-in ends once, where it was meant to', async () => {
  const nonce = states.nonce(undefined);
  const state = await states.begin(nonce, '/deep/link?a=b', 3);

  expect(await states.finish(state, nonce)).toMatchObject({
    nonce,
    target: '/deep/link?a=b',
    action: 3,
    expiresAt: START + SIGN_IN_SECONDS,
  });
  expect(await states.finish(state, nonce)).toBeUndefined();
});

test('two sign-ins of one browser end both', async () => {
  const nonce = states.nonce(undefined);
  const [one, other] = [await states.begin(nonce, '/a', 0), await states.begin(nonce, '/b', 0)];

  expect(await states.finish(other, nonce)).toMatchObject({ target: '/b' });
  expect(await states.finish(one, nonce)).toMatchObject({ target: '/a' });
});

test('it ends in the browser only in which it began', async () => {
  const state = await states.begin(states.nonce(undefined), '/', 0);

  expect(await states.finish(state, undefined)).toBeUndefined();
  expect(await states.finish(state, states.nonce(undefined))).toBeUndefined();
  expect(await states.finish(state, 'forged')).toBeUndefined();
});

test('a nonce that is not ours ends none, even where the state has the same', async () => {
  const state = await states.begin('theirs', '/', 0);
  expect(await states.finish(state, 'theirs')).toBeUndefined();
});

test('what is no state, or sealed for something else, ends none', async () => {
  const nonce = states.nonce(undefined);
  const session = await seal.seal('session:Viz', { id: '1', nonce, target: '/', action: 0, expiresAt: START + 60 });

  expect(await states.finish('x', nonce)).toBeUndefined();
  expect(await states.finish(session, nonce)).toBeUndefined();
});

test('after a quarter of an hour it is too late', async () => {
  const nonce = states.nonce(undefined);
  const [early, late] = [await states.begin(nonce, '/', 0), await states.begin(nonce, '/', 0)];

  now.mockReturnValue((START + SIGN_IN_SECONDS) * 1000 - 1);
  expect(await states.finish(early, nonce)).toBeDefined();
  now.mockReturnValue((START + SIGN_IN_SECONDS) * 1000);
  expect(await states.finish(late, nonce)).toBeUndefined();
});

test('used states are forgotten when they would have expired anyway', async () => {
  const { used } = states as unknown as { used: Map<string, number> };
  const nonce = states.nonce(undefined);
  await states.finish(await states.begin(nonce, '/', 0), nonce);
  now.mockReturnValue((START + SIGN_IN_SECONDS) * 1000);
  await states.finish(await states.begin(nonce, '/', 0), nonce);

  expect(used.size).toBe(1);
});
