import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { versions } from '../../projenrc/versions';
import { Folders } from '../src/folder';
import { run } from '../src/run';
import { root } from '../src/workspace';

const folders = new Folders();
const folder = folders.make();
const dist = join(folder, 'dist');
const python = join(folder, '.venv', 'bin', 'python');

beforeAll(async () => {
  // A copy, because building leaves files behind.
  const source = 'packages/alb-identity-python';
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', source], {
    cwd: root,
  });
  for (const file of stdout.split('\0').filter(Boolean)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  await run('python3', ['-m', 'venv', join(folder, '.venv')], { cwd: folder });
  await run(python, ['-m', 'pip', 'install', '--quiet', `build==${versions.pythonBuild}`], { cwd: folder });
  await run(python, ['-m', 'build', '--outdir', dist], { cwd: join(folder, source) });
});

afterAll(() => folders.removeAll());

const built = (ending: string) => join(dist, readdirSync(dist).find((file) => file.endsWith(ending)) as string);

test('the wheel ships the package, its types and its licence', async () => {
  const list = 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))';
  const { stdout } = await run(python, ['-c', list, built('.whl')], { cwd: folder });
  const files = stdout.trim().split('\n');

  const modules = [
    '__init__.py',
    'errors.py',
    'flask.py',
    'keys.py',
    'py.typed',
    'reader.py',
    'settings.py',
    'verifier.py',
  ];
  expect(files.filter((file) => !file.includes('.dist-info/')).sort()).toEqual(
    modules.map((file) => `paebbl_alb_identity/${file}`),
  );
  expect(files.some((file) => file.endsWith('.dist-info/licenses/LICENSE'))).toBe(true);
});

test('the source distribution ships no test', async () => {
  const { stdout } = await run('tar', ['--list', '--file', built('.tar.gz')], { cwd: folder });

  expect(stdout).toContain('/paebbl_alb_identity/verifier.py');
  expect(stdout).not.toMatch(/test/);
});

test('the wheel installs with what it needs, and verifies', async () => {
  await run(python, ['-m', 'pip', 'install', '--quiet', '--no-compile', built('.whl')], { cwd: folder });
  const program = [
    'from paebbl_alb_identity import IdentityError, IdentityVerifier, Settings',
    'arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b"',
    'settings = Settings(load_balancer_arn=arn, client_id="client", issuer="https://cognito-idp.eu-west-1.amazonaws.com/p")',
    'try:',
    '    IdentityVerifier(settings).verify({})',
    'except IdentityError as error:',
    '    print(error.code)',
  ].join('\n');
  const { stdout } = await run(python, ['-c', program], { cwd: folder });

  expect(stdout.trim()).toBe('missing');
});
