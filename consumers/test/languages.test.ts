import { generateBindings } from '../src/bindings';
import { usualCaches } from '../src/caches';
import { Folders } from '../src/folder';
import { languages } from '../src/languages/all';
import { verifyDotnet } from '../src/languages/dotnet';
import type { Packages } from '../src/languages/language';
import { sharedRegistry } from '../src/shared-registry/shared-registry';
import { consumerEnvironment, type Row, Verification } from '../src/verification';
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

/** A language that cannot be verified on this machine is told, not passed over. */
function expectVerified(row: Row) {
  if (row.verdict === 'skipped') {
    console.warn(`${row.language} was not verified: ${row.note}`);
  }
  expect(row).toMatchObject({ verdict: expect.stringMatching(/passed|skipped/) });
}

test.each(languages)(
  '$name: what another team installs from packed packages synthesizes the same templates',
  async (language) => {
    const row = await verification.verify(language);
    expectVerified(row);
    if (['JavaScript', 'TypeScript'].includes(language.name)) {
      // Other indexes may lack the newest. Here it compiles and synthesizes.
      expect(row.cdk).toBe(packages.cdkVersions[0]);
    }
  },
);

test('.NET is generated, and packed where its tools are', async () => {
  expectVerified(await verifyDotnet(packages.bindings, env));
});
