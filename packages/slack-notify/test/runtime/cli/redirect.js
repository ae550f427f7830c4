// Loaded before the tool: what would go to Slack goes to this machine, by origin. Nothing else can be reached.
const origins = JSON.parse(process.env.TEST_ORIGINS);
const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const target = `${origins[url.origin] ?? 'http://127.0.0.1:1'}${url.pathname}`;
  return input instanceof Request ? realFetch(new Request(target, input), init) : realFetch(target, init);
};
