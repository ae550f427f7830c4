import type { Facts } from '../../src/front-door/match-rule';
import { Origins } from '../../src/front-door/origins';
import { redirectLocation } from '../../src/front-door/redirect-location';
import { readRedirect } from '../../src/model/redirect';

const FACTS = { host: 'viz.example.com', path: '/old/a%20b', query: 'x=1' } as Facts;
const ORIGINS = new Origins({
  publicOrigin: 'https://viz.example.com',
  localOrigin: 'http://localhost:8080',
  providers: [['https://viz.auth.example', 'http://127.0.0.1:9']],
});

test.each([
  [{}, 'https://viz.example.com:443/old/a%20b?x=1', 'http://localhost:8080/old/a%20b?x=1'],
  [
    { Path: '/new/#{path}', Query: '' },
    'https://viz.example.com:443/new/old/a%20b',
    'http://localhost:8080/new/old/a%20b',
  ],
  [
    { Host: 'other.example', Port: '8443' },
    'https://other.example:8443/old/a%20b?x=1',
    'https://other.example:8443/old/a%20b?x=1',
  ],
  [
    { Protocol: 'HTTPS', Host: 'www.#{host}', Query: '#{query}&y=2' },
    'https://www.viz.example.com:443/old/a%20b?x=1&y=2',
    'https://www.viz.example.com:443/old/a%20b?x=1&y=2',
  ],
])('%j leads to %s, here %s', (config, location, local) => {
  const redirect = readRedirect({ StatusCode: 'HTTP_302', ...config }, 'Here');
  expect(redirectLocation(redirect, FACTS)).toBe(location);
  expect(ORIGINS.toLocal(location)).toBe(local);
});

test.each([
  [
    'https://viz.auth.example/logout?x=https://viz.example.com/',
    'http://127.0.0.1:9/logout?x=https://viz.example.com/',
  ],
  ['https://VIZ.example.com', 'http://localhost:8080'],
  ['https://viz.example.com.evil.example/', 'https://viz.example.com.evil.example/'],
  ['https://viz.example.com@evil.example/', 'https://viz.example.com@evil.example/'],
  ['http://viz.example.com/', 'http://viz.example.com/'],
  ['/relative', '/relative'],
])('%s is %s on this machine', (url, local) => {
  expect(ORIGINS.toLocal(url)).toBe(local);
});
