import { join } from 'node:path';
import { runModule } from './run-module';

/** What a machine is told. */
function told(node: string, platform: string) {
  const [prerequisites, say] = ['prerequisites', 'say'].map((name) => JSON.stringify(join(__dirname, `${name}.mjs`)));
  const program = `
    import { requireMachine } from ${prerequisites};
    import { runMain } from ${say};
    await runMain(async () => requireMachine('${node}', '${platform}'));
  `;
  const { status, stderr } = runModule(program);
  return { status, stderr };
}

test('a Node that is old enough to fail is named, with where to get another', () => {
  expect(told('18.20.4', 'linux')).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^Node 20\.19\.0 or newer is needed, this is 18\.20\.4: install it from https:\S+ .*\.\n$/,
    ),
  });
});

test('Windows is sent to WSL, where everything works', () => {
  expect(told('24.1.0', 'win32')).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^Linux or macOS is needed: .*WSL.*\.\n$/),
  });
});

test.each(['linux', 'darwin'])('nothing is said of a new Node on %s', (platform) => {
  expect(told('20.19.0', platform)).toEqual({ status: 0, stderr: '' });
});
