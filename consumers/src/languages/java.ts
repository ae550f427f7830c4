import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run';
import { firstAvailable } from '../versions';
import { root } from '../workspace';
import type { Language } from './language';

const GROUP = 'software.amazon.awscdk';

/** Maven: the packages are installed into the local repository (`~/.m2`), as a team's own libraries are. */
export const java: Language = {
  name: 'Java',
  toolchain: [
    ['javac', '-version'],
    ['mvn', '--version'],
  ],
  async synth({ bindings, cdkVersions }, folder, env) {
    const known = join(folder, 'known');
    const cdkVersion = await firstAvailable(cdkVersions, (version) => fetchCdk(version, folder));
    writeKnown(known, cdkVersion, join(folder, 'fetched'));
    const settings = join(folder, 'settings.xml');
    writeFileSync(settings, settingsFor(known));
    const maven = (cwd: string, ...args: string[]) =>
      run('mvn', ['--batch-mode', '--no-transfer-progress', '--settings', settings, ...args], { cwd, env });
    for (const pkg of bindings.packages) {
      await maven(bindings.of('java', pkg), 'install', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true');
    }
    const app = join(folder, 'app');
    cpSync(join(root, 'consumers/java'), app, { recursive: true });
    const version = `-Dpaebbl.version=${bindings.packages[0].version}`;
    await maven(app, 'compile', 'exec:java', version, `-Dcdk.version=${cdkVersion}`);
    return { assembly: join(folder, 'cdk.out'), cdkVersion };
  },
};

/** Gets one version of aws-cdk-lib, and a copy of its two files. */
async function fetchCdk(version: string, folder: string): Promise<void> {
  const artifact = (packaging: string) => `${GROUP}:aws-cdk-lib:${version}:${packaging}`;
  for (const packaging of ['pom', 'jar']) {
    const copy = [
      'dependency:copy',
      `-Dartifact=${artifact(packaging)}`,
      `-DoutputDirectory=${join(folder, 'fetched')}`,
    ];
    await run('mvn', ['--batch-mode', '--quiet', ...copy], { cwd: folder });
  }
}

/**
 * A repository of one version, with a list of versions that has it.
 *
 * The packages ask for a range, which Maven resolves by an index's list; a mirror's list may be older than what it carries.
 */
function writeKnown(known: string, version: string, fetched: string): void {
  const artifact = join(known, ...GROUP.split('.'), 'aws-cdk-lib');
  mkdirSync(join(artifact, version), { recursive: true });
  for (const file of [`aws-cdk-lib-${version}.pom`, `aws-cdk-lib-${version}.jar`]) {
    copyFileSync(join(fetched, file), join(artifact, version, file));
  }
  writeFileSync(
    join(artifact, 'maven-metadata.xml'),
    `<metadata><groupId>${GROUP}</groupId><artifactId>aws-cdk-lib</artifactId><versioning><latest>${version}</latest>` +
      `<release>${version}</release><versions><version>${version}</version></versions></versioning></metadata>`,
  );
}

const settingsFor = (known: string) => `<settings>
  <profiles>
    <profile>
      <id>known</id>
      <repositories>
        <repository><id>known</id><url>file://${known}</url></repository>
      </repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>known</activeProfile></activeProfiles>
</settings>
`;
