import { Origins } from '../../src/front-door/origins';

const at = (localOrigin: string) =>
  new Origins({
    publicOrigin: 'https://viz.example.com',
    localOrigin,
    providers: [['https://viz.auth.example', 'http://127.0.0.1:9']],
  });

test.each([
  ['http://localhost:8080', 'localhost:8080', 'viz.example.com'],
  ['http://localhost:8080', '127.0.0.1:8080', 'viz.example.com'],
  ['http://localhost:8080', '[::1]:8080', 'viz.example.com'],
  ['http://localhost:8080', 'localhost', 'localhost'],
  ['http://localhost:8080', 'localhost:80', 'localhost:80'],
  ['http://localhost', 'localhost', 'viz.example.com'],
  ['http://localhost', 'localhost:80', 'viz.example.com'],
  ['http://localhost', 'localhost:443', 'localhost:443'],
  ['https://localhost', 'localhost:443', 'viz.example.com'],
  ['https://localhost', 'localhost:80', 'localhost:80'],
  ['http://localhost:8080', 'VIZ.example.com', 'viz.example.com'],
])('at %s the host %s is %s to the rules', (localOrigin, host, expected) => {
  expect(at(localOrigin).toPublicHost(host)).toBe(expected);
});

test('another name of this machine is told from the one that cookies are made for', () => {
  const origins = at('http://localhost:8080');

  expect(origins.isOtherLocalName('127.0.0.1:8080')).toBe(true);
  expect(origins.isOtherLocalName('LocalHost:8080')).toBe(false);
  expect(origins.isOtherLocalName('viz.example.com')).toBe(false);
  expect(origins.isOtherLocalName('127.0.0.1')).toBe(false);
});

test('it knows whether it is secure', () => {
  expect(at('https://localhost:8443').secure).toBe(true);
  expect(at('http://localhost:8080').secure).toBe(false);
});

test.each([
  ['https://viz.example.com/a?b#c', 'http://localhost:8080/a?b#c'],
  ['HTTPS://viz.example.com/a', 'http://localhost:8080/a'],
  ['https://viz.example.com/a\nb', 'http://localhost:8080/a\nb'],
  ['https://viz.auth.example/logout', 'http://127.0.0.1:9/logout'],
  ['https://viz.example.com:443/a', 'http://localhost:8080/a'],
  ['https://viz.example.com:444/a', 'https://viz.example.com:444/a'],
  ['https://[/a', 'https://[/a'],
  ['xhttps://viz.example.com/a', 'xhttps://viz.example.com/a'],
])('%j is %j on this machine', (url, local) => {
  expect(at('http://localhost:8080').toLocal(url)).toBe(local);
});
