import { changedModel } from '../helpers/assembly';

describe('the origin under which colleagues open the app', () => {
  const originOf = (callbacks: string[], logouts: string[], domains: string[]) =>
    changedModel((resources) => {
      Object.assign(resources.Client.Properties, { CallbackURLs: callbacks, LogoutURLs: logouts });
      const { Certificate } = resources;
      delete resources.Certificate;
      for (const [index, DomainName] of domains.entries()) {
        resources[`Certificate${index}`] = { ...Certificate, Properties: { DomainName } };
      }
      resources.Https.Properties.Certificates = [];
    }).publicOrigin;

  test.each<[string, string, string[], string[], string[]]>([
    [
      'the callback of the load balancer',
      'https://b.example',
      ['https://a.example/x', 'https://b.example/oauth2/idpresponse'],
      [],
      [],
    ],
    ['another callback', 'https://a.example', ['https://a.example/x'], ['https://b.example/'], ['c.example']],
    ['where one is led after signing out', 'https://b.example:8443', [], ['https://b.example:8443/out'], ['c.example']],
    ['one with HTTPS', 'https://b.example', ['http://localhost/oauth2/idpresponse'], ['https://b.example/'], []],
    ['the certificate', 'https://c.example', [], [], ['c.example']],
    ['a certificate for one name', 'https://c.example', [], [], ['*.example', 'c.example']],
  ])('is that of %s', (_name, origin, callbacks, logouts, domains) => {
    expect(originOf(callbacks, logouts, domains)).toBe(origin);
  });

  test('must be named somewhere', () => {
    expect(() => originOf([], [], ['*.example'])).toThrow(
      'Resources: neither a callback URL nor a certificate names the domain of the app.',
    );
  });
});
