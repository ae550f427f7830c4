import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Bindings } from '../bindings';
import { run } from '../run';
import { firstAvailable } from '../versions';
import { root } from '../workspace';
import type { Language } from './language';

const GROUP = 'software.amazon.awscdk';
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get';

/** Maven: the packages are installed into a local repository, as a team's own libraries are. */
export const java: Language = {
  name: 'Java',
  toolchain: [
    ['javac', '-version'],
    ['mvn', '--version'],
  ],
  async synth({ bindings, cdkVersions, maven: repository }, folder, env) {
    const maven = (cwd: string, ...args: string[]) =>
      run('mvn', ['--batch-mode', '--no-transfer-progress', `-Dmaven.repo.local=${repository}`, ...args], { cwd, env });
    // What an earlier run installed is of an older tree.
    rmSync(join(repository, 'com', 'paebbl'), { recursive: true, force: true });
    const cdkVersion = await firstAvailable(cdkVersions, async (version) => {
      for (const packaging of ['jar', 'pom']) {
        await maven(folder, GET, `-Dartifact=${GROUP}:aws-cdk-lib:${version}:${packaging}`, '-Dtransitive=false');
      }
    });
    writeKnown(repository, cdkVersion);
    const libraries = join(folder, 'libraries');
    writeReactor(libraries, bindings);
    await maven(libraries, 'install', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true');
    const app = join(folder, 'app');
    cpSync(join(root, 'consumers/java'), app, { recursive: true });
    const version = `-Dpaebbl.version=${bindings.packages[0].version}`;
    await maven(app, 'compile', 'exec:java', version, `-Dcdk.version=${cdkVersion}`);
    return { assembly: join(folder, 'cdk.out'), cdkVersion };
  },
};

/**
 * Says in the local repository that it has this version.
 *
 * The packages ask for a range, which Maven resolves by an index's list; a mirror's list may be older than what it carries.
 */
function writeKnown(repository: string, version: string): void {
  const artifact = join(repository, ...GROUP.split('.'), 'aws-cdk-lib');
  writeFileSync(
    join(artifact, 'maven-metadata-local.xml'),
    `<metadata><groupId>${GROUP}</groupId><artifactId>aws-cdk-lib</artifactId><versioning><release>${version}</release>` +
      `<versions><version>${version}</version></versions></versioning></metadata>`,
  );
}

/** Builds all packages with one start of Maven. */
function writeReactor(folder: string, bindings: Bindings): void {
  mkdirSync(folder, { recursive: true });
  const modules = bindings.packages.map((pkg) => `<module>${relative(folder, bindings.of('java', pkg))}</module>`);
  writeFileSync(
    join(folder, 'pom.xml'),
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>com.paebbl.cdk</groupId>' +
      `<artifactId>libraries</artifactId><version>0</version><packaging>pom</packaging><modules>${modules.join('')}</modules></project>\n`,
  );
}
