import { existsSync } from 'node:fs';
import { generateBindings } from '../src/bindings';
import { usualCaches } from '../src/caches';
import { Folders } from '../src/folder';
import { languages } from '../src/languages/all';
import { dotnetToolchain, verifyDotnet } from '../src/languages/dotnet';
import type { Language, Packages } from '../src/languages/language';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { consumerEnvironment, missingTool, Verification } from '../src/verification';
import { cdkVersions } from '../src/versions';
import { constructPackages } from '../src/workspace';

// Compiling aws-cdk-lib for Go, once on a new machine.
jest.setTimeout(900_000);

const folders = new Folders();
const caches = usualCaches();
const env = { ...consumerEnvironment(), ...caches.env };
let packages: Packages;
let verification: Verification;

beforeAll(async () => {
  const [bindings, versions] = await Promise.all([
    generateBindings(folders.make(), constructPackages()),
    cdkVersions(),
  ]);
  packages = { registry: sharedRegistry(), bindings, cdkVersions: versions, maven: caches.maven };
  verification = new Verification(languages[0], packages, folders.make(), env);
});

afterAll(() => folders.removeAll());

/** Where the tools of a language are missing it is skipped with a sentence, but not in CI. */
function testWith(toolchain: Language['toolchain'], name: string) {
  const missing = missingTool(toolchain);
  if (missing) {
    console.warn(`'${missing}' does not succeed on this machine, so this is not tested: ${name}`);
  }
  return missing ? test.skip : test;
}

for (const language of languages) {
  const name = `${language.name}: what another team installs from packed packages synthesizes the same templates`;
  (process.env.CI ? test : testWith(language.toolchain, name))(name, async () => {
    const row = await verification.verify(language);
    expect(row).toMatchObject({ verdict: 'passed' });
    if (['JavaScript', 'TypeScript'].includes(language.name)) {
      // Other indexes may lack the newest. Here it compiles and synthesizes.
      expect(row.cdk).toBe(packages.cdkVersions[0]);
    }
  });
}

test('.NET is generated for every construct', () => {
  const folders = packages.bindings.packages.map((pkg) => packages.bindings.of('dotnet', pkg));
  expect(folders).toHaveLength(4);
  expect(folders.filter((folder) => !existsSync(folder))).toEqual([]);
});

testWith(dotnetToolchain, '.NET is packed')('.NET is packed', async () => {
  expect(await verifyDotnet(packages.bindings, env)).toMatchObject({ verdict: 'passed' });
});
