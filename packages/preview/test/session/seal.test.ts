import { CompactEncrypt } from 'jose';
import { Seal } from '../../src/session/seal';

const seal = new Seal();

test('what was sealed comes back, and cannot be read on the way', async () => {
  const sealed = await seal.seal('state', { secret: 'of ada' });

  expect(await seal.open('state', sealed)).toEqual({ secret: 'of ada' });
  expect(Buffer.from(sealed.split('.')[3], 'base64url').toString()).not.toContain('ada');
});

test('twice the same content is two texts', async () => {
  expect(await seal.seal('state', 1)).not.toBe(await seal.seal('state', 1));
});

test('sealed for one purpose it is nothing for another', async () => {
  expect(await seal.open('session:Viz', await seal.seal('state', 1))).toBeUndefined();
});

test('another seal cannot open it', async () => {
  expect(await new Seal().open('state', await seal.seal('state', 1))).toBeUndefined();
});

test.each([0, 1, 2, 3, 4])('with part %i changed it is nothing', async (part) => {
  const parts = (await seal.seal('state', { a: 1 })).split('.');
  parts[part] = parts[part] === '' ? 'AAAA' : (parts[part][0] === 'A' ? 'B' : 'A') + parts[part].slice(1);
  expect(await seal.open('state', parts.join('.'))).toBeUndefined();
});

test.each(['', 'x', 'a.b.c', 'a.b.c.d.e', 'eyJhbGciOiJub25lIn0....'])('%j is nothing', async (text) => {
  expect(await seal.open('state', text)).toBeUndefined();
});

const encrypt = (text: string, header: { alg: string; enc: string }) =>
  new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ ...header, purpose: 'state' })
    .encrypt((seal as unknown as { key: Buffer }).key);

test.each([
  { alg: 'A256GCMKW', enc: 'A256GCM' },
  { alg: 'dir', enc: 'A128CBC-HS256' },
])('made in another way (%j) it is nothing, even by who has the key', async (header) => {
  expect(await seal.open('state', await encrypt('1', header))).toBeUndefined();
});

test('an error that has nothing to do with who sealed it is not hidden', async () => {
  const sealed = await encrypt('no JSON', { alg: 'dir', enc: 'A256GCM' });
  await expect(seal.open('state', sealed)).rejects.toThrow(SyntaxError);
});
