import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem';
import { pythonProjects } from './stamp';

/** By the names of jsii-pacmak, which are those of the folders in dist/. */
export const LANGUAGES = ['js', 'python', 'java', 'dotnet', 'go'] as const;

export type Language = (typeof LANGUAGES)[number];

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly jsii?: { readonly targets?: object };
  readonly main?: string;
  readonly workspaces?: string[];
}

/**
 * Packs every public package into `dist/<language>`, as publib expects it there. The packages must be built.
 *
 * @throws Problem when one is not
 */
export function packAll(repository: string, languages: readonly Language[]): void {
  const dist = join(repository, 'dist');
  // A tarball of an older version would be published, too.
  rmSync(dist, { recursive: true, force: true });
  const packages = publicPackages(repository);
  for (const { folder, manifest } of packages) {
    const built = manifest.jsii ? '.jsii' : manifest.main ? 'lib' : 'assets';
    if (!existsSync(join(repository, folder, built))) {
      throw new Problem(`${manifest.name} must be built before it is packed: run "npm run build".`);
    }
  }
  if (languages.includes('js')) {
    packForNpm(repository, join(dist, 'js'), packages);
  }
  for (const { folder, manifest } of packages) {
    const bindings = bindingsOf(manifest, languages);
    if (bindings.length > 0) {
      packBindings(repository, join(repository, folder), bindings);
    }
  }
  for (const folder of languages.includes('python') ? pythonProjects(repository) : []) {
    run(join(repository, folder), 'python3', ['-m', 'build', '--outdir', join(dist, 'python')]);
  }
  console.log(`Packed ${packages.length} packages into dist/ for ${languages.join(', ')}.`);
}

/** Those of the languages that a package is published for beside JavaScript: what extends projen is for npm alone. */
export function bindingsOf({ jsii }: Pick<Manifest, 'jsii'>, languages: readonly Language[]): Language[] {
  const targets = Object.keys(jsii?.targets ?? {});
  return languages.filter((language) => language !== 'js' && targets.includes(language));
}

/** What npm packs is what jsii-pacmak would pack, in one go. */
function packForNpm(repository: string, destination: string, packages: { manifest: Manifest }[]) {
  mkdirSync(destination, { recursive: true });
  const workspaces = packages.map(({ manifest }) => `--workspace=${manifest.name}`);
  run(repository, 'npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination, ...workspaces]);
}

function packBindings(repository: string, folder: string, languages: readonly Language[]) {
  const outdir = join(folder, 'dist');
  rmSync(outdir, { recursive: true, force: true });
  const targets = languages.flatMap((language) => ['--target', language]);
  const pacmak = join(repository, 'node_modules', 'jsii-pacmak', 'bin', 'jsii-pacmak');
  run(folder, process.execPath, [pacmak, '--outdir', outdir, ...targets]);
  cpSync(outdir, join(repository, 'dist'), { recursive: true });
}

function publicPackages(repository: string): { folder: string; manifest: Manifest }[] {
  const read = (folder: string): Manifest => JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8'));
  return (read('.').workspaces ?? [])
    .map((folder) => ({ folder, manifest: read(folder) }))
    .filter(({ manifest }) => !manifest.private);
}

function run(cwd: string, program: string, args: string[]) {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}
