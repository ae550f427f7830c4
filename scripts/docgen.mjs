// @ts-check
/**
 * `node scripts/docgen.mjs`: writes API.md of every construct package from what jsii compiled.
 *
 * jsii-docgen's own command looks for assemblies below the package; in a workspace they are hoisted to the root.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import docgen from 'jsii-docgen';

const root = fileURLToPath(new URL('..', import.meta.url));
const { workspaces } = readJson(join(root, 'package.json'));

for (const folder of workspaces.map((/** @type {string} */ workspace) => join(root, workspace))) {
  const manifest = readJson(join(folder, 'package.json'));
  if (!manifest.jsii) {
    continue;
  }
  const assemblies = mkdtempSync(join(tmpdir(), 'assemblies-'));
  try {
    collect(manifest.name, folder, assemblies);
    const documentation = await docgen.Documentation.forAssembly(manifest.name, assemblies);
    const markdown = await documentation.toMarkdown({ language: docgen.Language.TYPESCRIPT });
    writeFileSync(join(folder, 'API.md'), `# API of ${manifest.name}\n\n${markdown.render().trim()}\n`);
    console.log(`${manifest.name}: API.md`);
  } finally {
    rmSync(assemblies, { recursive: true, force: true });
  }
}

/**
 * Puts the assembly of a package and those of what it depends on into one folder.
 *
 * @param {string} name
 * @param {string} from folder of the package
 * @param {string} to
 */
function collect(name, from, to) {
  const target = join(to, name);
  if (!existsSync(join(from, '.jsii')) || existsSync(target)) {
    return;
  }
  mkdirSync(target, { recursive: true });
  for (const file of ['.jsii', '.jsii.gz', 'package.json'].filter((file) => existsSync(join(from, file)))) {
    cpSync(join(from, file), join(target, file));
  }
  const { dependencies, peerDependencies } = readJson(join(from, 'package.json'));
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    const places = [join(from, 'node_modules', dependency), join(root, 'node_modules', dependency)];
    collect(dependency, places.find(existsSync) ?? '', to);
  }
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
