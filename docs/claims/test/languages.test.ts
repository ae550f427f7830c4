import { read } from '../../site/src/tree';

const page = read('docs/guides/languages.md');
const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };

interface Manifest {
  readonly name: string;
  readonly peerDependencies?: Record<string, string>;
  readonly jsii?: {
    readonly targets: {
      readonly java: {
        readonly package: string;
        readonly maven: { readonly groupId: string; readonly artifactId: string };
      };
      readonly python: { readonly distName: string; readonly module: string };
      readonly dotnet: { readonly packageId: string };
      readonly go: { readonly moduleName: string };
    };
  };
}

const constructs = workspaces
  .map((workspace) => JSON.parse(read(`${workspace}/package.json`)) as Manifest)
  .filter(({ jsii, peerDependencies }) => jsii && peerDependencies?.['aws-cdk-lib']);

test.each(constructs)('$name is named as each index names it', ({ name, jsii }) => {
  const { java, python, dotnet } = jsii!.targets;
  const names = [
    name,
    python.distName,
    `${java.maven.groupId}:${java.maven.artifactId}`,
    name.replace(/\W/g, ''),
    dotnet.packageId,
  ];
  const row = page.split('\n').find((line) => line.includes(`\`${name}\``) && line.startsWith('|'));

  expect([...(row ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word)).toEqual(names);
});

test('the names that programs import are those that are generated', () => {
  const { java, python, dotnet, go } = constructs.find(({ name }) => name === '@paebbl/ecs-ec2-service')!.jsii!.targets;

  for (const name of [python.module, java.package, dotnet.packageId, `${go.moduleName}/paebblecsec2service`]) {
    expect(page).toContain(name);
  }
});

test('the oldest versions are those of the manifests', () => {
  for (const { peerDependencies } of constructs) {
    expect(page).toContain(`| aws-cdk-lib | ${peerDependencies?.['aws-cdk-lib'].slice(1)} |`);
    expect(page).toContain(`| constructs | ${peerDependencies?.constructs.slice(1)} |`);
  }
  const { devDependencies } = JSON.parse(read('packages/ecr-pipeline/package.json'));
  expect(page).toContain(`| aws-cdk-lib in Go | ${devDependencies['aws-cdk-lib']} |`);
});
