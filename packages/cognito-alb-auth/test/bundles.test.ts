import { join } from 'node:path';

/** What is deployed: the bundles, not their sources. */
function bundle(name: string): { handler: (event: unknown) => Promise<Record<string, unknown>> } {
  return require(join(__dirname, '..', 'assets', name, 'index.js'));
}

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

test('the bundled sign-out page answers the event of a load balancer', async () => {
  const answer = await bundle('sign-out').handler({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/1' } },
    httpMethod: 'GET',
    path: '/signed-out',
    multiValueQueryStringParameters: {},
    multiValueHeaders: { host: ['viz.example.com'] },
    body: '',
    isBase64Encoded: false,
  });

  expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('You are signed out') });
});

test('the bundled guard turns a stranger away', async () => {
  process.env.ACCESS_POLICY = '{"emailDomains":["example.com"],"groups":[]}';
  const event = {
    triggerSource: 'PreAuthentication_Authentication',
    userName: 'ada',
    request: { userAttributes: { email: 'ada@example.net' } },
    response: {},
  };

  await expect(bundle('access-guard').handler(event)).rejects.toThrow('this app is not open to you');
});
