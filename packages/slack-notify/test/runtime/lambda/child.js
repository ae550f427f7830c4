// A Lambda environment: loads the bundled function as Lambda does and runs one event after the other. What would go to
// Slack and AWS goes to local servers, by origin, so that the function itself needs no setting for tests.
const origins = JSON.parse(process.env.TEST_ORIGINS);
const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const local = origins[/\.amazonaws\.com$/.test(url.host) ? 'aws' : url.origin];
  if (!local) {
    throw new Error('a request to a host that no test expects');
  }
  const target = local + url.pathname;
  return input instanceof Request ? realFetch(new Request(target, input), init) : realFetch(target, init);
};

const { handler } = require(process.env.TEST_BUNDLE);

process.on('message', async ({ event, milliseconds, redirect }) => {
  Object.assign(origins, redirect);
  if (!event) {
    return;
  }
  const deadline = Date.now() + milliseconds;
  try {
    process.send({ result: await handler(event, { getRemainingTimeInMillis: () => deadline - Date.now() }) });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.send({ ready: true });
