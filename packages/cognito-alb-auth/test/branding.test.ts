import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { only, synthesize } from './fixture';

const BRANDING = 'AWS::Cognito::ManagedLoginBranding';
const folder = mkdtempSync(join(tmpdir(), 'branding-'));
const svg = join(folder, 'logo.svg');
const huge = join(folder, 'huge.png');
const empty = join(folder, 'empty.png');

beforeAll(() => {
  writeFileSync(svg, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(huge, Buffer.alloc(102_401));
  writeFileSync(empty, '');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a logo is part of the template and switched on', () => {
  expect(only(synthesize({ branding: { logo: svg } }), BRANDING).properties).toMatchObject({
    Assets: [
      {
        Category: 'FORM_LOGO',
        ColorMode: 'DYNAMIC',
        Extension: 'SVG',
        Bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
      },
    ],
    Settings: { components: { form: { logo: { enabled: true } } } },
  });
});

test('settings of the editor are taken as they are, and never together with those of Cognito', () => {
  const settings = { components: { primaryButton: { lightMode: {} } } };
  const { properties } = only(synthesize({ branding: { settings, favicon: svg } }), BRANDING);

  expect(properties.Settings).toEqual(settings);
  expect(properties.Assets).toMatchObject([{ Category: 'FAVICON_SVG' }]);
  expect(properties.UseCognitoProvidedValues).toBeUndefined();
});

test('without anything of ours, Cognito shows its own style', () => {
  expect(only(synthesize({ branding: {} }), BRANDING).properties).toMatchObject({ UseCognitoProvidedValues: true });
});

test.each([
  [join(folder, 'missing.svg'), /'branding.logo' must be the path of a file that exists, got: .*missing.svg/],
  [join(folder, 'logo.gif'), /'branding.logo' must be a file of .png/],
  [huge, /'branding.logo' must be 1 byte to 100 KiB, got: 102401 bytes/],
  [empty, /'branding.logo' must be 1 byte to 100 KiB, got: 0 bytes/],
])('an image that cannot be shown is refused: %s', (logo, message) => {
  expect(() => synthesize({ branding: { logo } })).toThrow(message);
});
