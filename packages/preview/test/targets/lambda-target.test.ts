import type { Json } from '../helpers/assembly';
import { preview, type TestPreview } from '../helpers/preview';
import { get, raw } from '../helpers/raw-socket';

/** A function that shows what it got, and misbehaves on request. */
const CODE = `
exports.handler = (event, context, callback) => {
  if (event.path === '/throw') throw new Error('thrown on purpose');
  if (event.path === '/reject') return Promise.reject(new Error('rejected on purpose'));
  if (event.path === '/exit') process.exit(1);
  if (event.path === '/hang') return new Promise(() => {});
  if (event.path === '/nothing') return Promise.resolve();
  if (event.path === '/callback') return void callback(null, { statusCode: 200, body: 'called back' });
  const answer = { event, env: process.env, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() };
  return Promise.resolve({ statusCode: 200, multiValueHeaders: { 'content-type': ['application/json'] }, body: JSON.stringify(answer) });
};`;

const PATHS = ['/echo*', '/throw', '/reject', '/exit'];
const MORE = ['/hang', '/nothing', '/callback'];

const withEcho = (resources: Json) => {
  resources.SignOut.Properties.Code = { ZipFile: CODE };
  resources.SignOut.Properties.Timeout = 1;
  for (const [index, paths] of [PATHS, MORE].entries()) {
    resources[`Echo${index}`] = structuredClone(resources.SignOutRule);
    resources[`Echo${index}`].Properties.Priority = 1 + index;
    resources[`Echo${index}`].Properties.Conditions[0].PathPatternConfig.Values = paths;
  }
};

let door: TestPreview;
beforeAll(async () => {
  process.env.SECRET_OF_THE_CALLER = 'hidden';
  door = await preview(withEcho);
});
afterAll(async () => {
  delete process.env.SECRET_OF_THE_CALLER;
  await door.stop();
});

test('the event is that of a load balancer, with path and query as they came', async () => {
  const answer = await raw(
    door.url,
    get('/echo/a%20b?x=%2F&x=2&y', ['x-twice: 1', 'x-twice: 2', 'x-amzn-oidc-identity: forged']),
  );
  const { event, arn, left } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
  expect(event).toMatchObject({
    requestContext: {
      elb: { targetGroupArn: expect.stringMatching(/^arn:aws:elasticloadbalancing:us-east-1:\d{12}:targetgroup\//) },
    },
    httpMethod: 'GET',
    path: '/echo/a%20b',
    multiValueQueryStringParameters: { x: ['%2F', '2'], y: [''] },
    body: '',
    isBase64Encoded: false,
  });
  expect(event.multiValueHeaders['x-twice']).toEqual(['1', '2']);
  expect(event.multiValueHeaders['x-amzn-oidc-identity']).toBeUndefined();
  expect(arn).toMatch(/^arn:aws:lambda:us-east-1:/);
  expect(left).toBeGreaterThan(0);
});

test('a body is text or base64, by its content type', async () => {
  const send = async (type: string, body: string) => {
    const answer = await fetch(`${door.url}/echo`, { method: 'POST', body, headers: { 'content-type': type } });
    return ((await answer.json()) as Json).event;
  };
  expect(await send('application/json', '{"a":1}')).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
  expect(await send('application/octet-stream', 'hi')).toMatchObject({ body: 'aGk=', isBase64Encoded: true });
});

test('it has the environment of the template, with links resolved, and nothing of the caller', async () => {
  const { env } = (await (await fetch(`${door.url}/echo`)).json()) as { env: Record<string, string> };
  expect(env.SIGNED_OUT_URL).toBe('https://viz.example.com/signed-out');
  expect(env.USER_POOL_DOMAIN).toBe('https://fixture-viz.auth.us-east-1.amazoncognito.com');
  expect(env.SECRET_OF_THE_CALLER).toBeUndefined();
});

test.each([
  ['/throw', 'thrown on purpose'],
  ['/reject', 'rejected on purpose'],
  ['/exit', 'ended'],
  ['/hang', 'no answer in its 1 s'],
  ['/nothing', 'it must return an object'],
])(
  'a function that fails at %s is answered with 502 and a sentence, and works again afterwards',
  async (path, sentence) => {
    const answer = await fetch(door.url + path);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain(sentence);
    expect((await fetch(`${door.url}/echo`)).status).toBe(200);
  },
);

test('a function may call back instead of returning', async () => {
  expect(await (await fetch(`${door.url}/callback`)).text()).toBe('called back');
});

test('a body above 1 MB is answered with 413', async () => {
  const answer = await fetch(`${door.url}/echo`, { method: 'POST', body: 'x'.repeat(1_048_577) });
  expect(answer.status).toBe(413);
});
