import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem';

/** What `npm audit --json` says, as far as it matters here. */
export interface AuditReport {
  readonly vulnerabilities: Record<
    string,
    {
      /** Advisories about the package itself; names of other packages that make it vulnerable. */
      readonly via: (string | { readonly title: string; readonly url: string; readonly severity: string })[];
      /** Where it is installed, as package-lock.json names it. */
      readonly nodes: string[];
    }
  >;
}

/** The part of package-lock.json that matters here. */
export interface Lock {
  readonly packages: Record<
    string,
    { readonly version?: string; readonly link?: boolean; readonly dependencies?: Record<string, string> }
  >;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly workspaces?: string[];
}

/**
 * Asks npm for known vulnerabilities in what users of the packages run: the code of others in the bundles, and what is
 * installed with a package. Peers such as aws-cdk-lib are the user's choice, and what only builds and tests is nobody's risk.
 *
 * @returns a sentence for each
 * @throws Problem when a package is not built, or the registry cannot tell
 */
export function auditRuntime(repository: string): string[] {
  const lock = readJson<Lock>(repository, 'package-lock.json');
  const report = askNpm(repository);
  return findVulnerabilities(report, lock, runtimePackages(repository, lock));
}

/**
 * Advisories about packages that users run.
 *
 * @param runtime `name@version` of what users run, and the packages that bring it
 */
export function findVulnerabilities(report: AuditReport, lock: Lock, runtime: Map<string, string[]>): string[] {
  return Object.entries(report.vulnerabilities).flatMap(([name, { via, nodes }]) => {
    const advisories = via.filter((each) => typeof each === 'object');
    const versions = new Set(nodes.map((node) => lock.packages[node]?.version));
    return [...versions].flatMap((version) =>
      advisories
        .filter(() => runtime.has(`${name}@${version}`))
        .map(({ severity, title, url }) => {
          const bringers = runtime.get(`${name}@${version}`)?.join(', ');
          return `${name} ${version}, which ${bringers} ships, has a known vulnerability (${severity}): ${title}. ${url}`;
        }),
    );
  });
}

/** @throws Problem when a bundle is not built */
function runtimePackages(repository: string, lock: Lock): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const folder of readJson<Manifest>(repository, 'package.json').workspaces ?? []) {
    const manifest = readJson<Manifest & { bin?: object }>(repository, folder, 'package.json');
    if (manifest.private) {
      continue;
    }
    for (const id of [...bundled(repository, folder, manifest), ...installedWith(lock, folder)]) {
      found.set(id, [...(found.get(id) ?? []), manifest.name]);
    }
  }
  return found;
}

/** What esbuild put into the bundles, by the list that is shipped with them. */
function bundled(repository: string, folder: string, { name, bin }: Manifest & { bin?: object }): string[] {
  const list = join(repository, folder, 'assets', 'THIRD-PARTY.txt');
  if (!existsSync(list)) {
    if (bin) {
      throw new Problem(`${name} must be built before it is audited: run "npm run build".`);
    }
    return [];
  }
  return bundledIn(readFileSync(list, 'utf8'));
}

/** `name@version` of the packages of a THIRD-PARTY.txt. */
export function bundledIn(thirdParty: string): string[] {
  return [...thirdParty.matchAll(/^-{80}\n\n(\S+) (\S+) \(.*\)$/gm)].map(([, name, version]) => `${name}@${version}`);
}

/** `name@version` of everything that npm installs with a package of this repository, peers left out. */
export function installedWith(lock: Lock, folder: string): string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    for (const name of Object.keys(lock.packages[path]?.dependencies ?? {})) {
      const found = resolve(lock, path, name);
      if (found && !seen.has(found)) {
        seen.add(found);
        visit(found);
      }
    }
  };
  visit(folder);
  return [...seen].map((path) => `${path.replace(/^.*node_modules\//, '')}@${lock.packages[path].version}`);
}

/** Where Node finds a package from: the nearest `node_modules` upwards. */
function resolve(lock: Lock, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.replace(/(^|\/)[^/]*$/, '')) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`;
    if (lock.packages[path]) {
      return path;
    }
    if (folder === '') {
      return undefined;
    }
  }
}

function askNpm(repository: string): AuditReport {
  // Its status is 1, too, when there is something to tell.
  const { stdout } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const answer = parse(stdout);
  if (!answer?.vulnerabilities) {
    const reason = answer?.message ?? answer?.error?.summary ?? 'no answer';
    throw new Problem(`npm's registry cannot tell of known vulnerabilities: ${reason}. Ask one that can.`);
  }
  return answer as AuditReport;
}

interface NpmAnswer extends Partial<AuditReport> {
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

function parse(text: string): NpmAnswer | undefined {
  return text.trim().startsWith('{') ? JSON.parse(text) : undefined;
}

function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(...path), 'utf8'));
}
