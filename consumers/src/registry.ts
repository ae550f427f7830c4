import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pack, type Tarball } from './pack';
import { run } from './run';
import { root } from './workspace';

export interface RegistryOptions {
  /**
   * Paths of tarballs to publish.
   *
   * @default - every public package of the repository, packed now
   */
  readonly tarballs?: string[];
  /**
   * Keeps what it fetched from the machine's own registry, and does not ask again: whoever measures does not measure a network.
   *
   * @default false, because npm has a cache of its own
   */
  readonly keepsFetched?: boolean;
}

/** A registry of npm packages on this machine, for packages that are not published yet. */
export interface Registry {
  /** Its address, with a slash at its end. Everything that it does not have itself it fetches from the machine's own registry. */
  readonly url: string;
  /** Content of an `.npmrc` for a project that gets `@paebbl/*` from here, and anything else as the machine always does. */
  readonly npmrc: string;
  /** Environment of a command that gets every package from here, and that may publish. */
  readonly env: NodeJS.ProcessEnv;
  /** What was packed and published; nothing when the tarballs were given. */
  readonly tarballs: Tarball[];
  /** Publishes a tarball. A version can be published once, as on npm. */
  publish(tarball: string): Promise<void>;
}

/** What another process needs to use a registry. */
export interface RegistryAddress {
  readonly url: string;
  /** Path of an `.npmrc` with the token that publishing needs. */
  readonly userconfig: string;
  readonly tarballs: Tarball[];
}

/** A registry that whoever started it must close. */
export interface OwnRegistry extends Registry, RegistryAddress {
  /** Ends the registry and removes what it stored. */
  close(): Promise<void>;
}

/**
 * Starts verdaccio on a free port of this machine, and publishes packages to it.
 *
 * @throws Error when a package is not built, or the registry does not start
 */
export async function startRegistry(options: RegistryOptions = {}): Promise<OwnRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'paebbl-registry-'));
  try {
    const host = await startVerdaccio(writeConfiguration(folder, await uplink(), options.keepsFetched ?? false));
    const close = async () => {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      const userconfig = join(folder, 'publisher.npmrc');
      const url = `http://127.0.0.1:${host.port}/`;
      writeFileSync(userconfig, tokenFor(url));
      const tarballs = options.tarballs ? [] : await pack(folder);
      const address = { url, userconfig, tarballs };
      const registry = connect(address);
      const paths = options.tarballs ?? tarballs.map(({ path }) => path);
      await Promise.all(paths.map((path) => registry.publish(path)));
      return { ...registry, ...address, close };
    } catch (error) {
      await host.close();
      throw error;
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The registry that somebody else has started. */
export function connect({ url, userconfig, tarballs }: RegistryAddress): Registry {
  const env = { ...process.env, npm_config_registry: url, npm_config_userconfig: userconfig };
  return {
    url,
    env,
    tarballs,
    npmrc: `@paebbl:registry=${url}\n${tokenFor(url)}`,
    async publish(tarball) {
      // From the folder of the token's file, which belongs to no package.
      const cwd = dirname(userconfig);
      await run('npm', ['publish', tarball, '--tag=latest', '--provenance=false'], { cwd, env });
    },
  };
}

/** npm publishes only with a token; this registry takes any. */
const tokenFor = (url: string) => `${url.replace('http:', '')}:_authToken=anyone\n`;

/** The registry that this machine uses, as `npm config` has it. Its certificate is that of NODE_EXTRA_CA_CERTS. */
async function uplink(): Promise<string> {
  const { stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: root });
  return stdout.trim();
}

function writeConfiguration(folder: string, registry: string, keepsFetched: boolean): string {
  const rights = { access: '$all', publish: '$all', unpublish: '$all' };
  const configuration = {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    uplinks: {
      machine: {
        url: registry,
        cache: keepsFetched,
        timeout: '120s',
        maxage: keepsFetched ? '1d' : '10m',
        max_fails: 20,
        fail_timeout: '1s',
      },
    },
    packages: {
      // Never asked elsewhere: what is tested is what was packed.
      '@paebbl/*': rights,
      '**': { ...rights, proxy: 'machine' },
    },
    // aws-cdk-lib's list of versions alone is tens of megabytes.
    max_body_size: '500mb',
    web: { enable: false },
    log: { type: 'stdout', format: 'json', level: 'error' },
  };
  const path = join(folder, 'config.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(configuration, null, 2));
  return path;
}

/** A process of its own, so that it neither shares this one's modules nor outlives it. */
async function startVerdaccio(configuration: string): Promise<{ port: number; close(): Promise<void> }> {
  const child = spawn(process.execPath, [join(__dirname, 'verdaccio-host.mjs'), configuration], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, number] = /LISTENING (\d+)/.exec(said) ?? [];
      if (number) {
        resolve(Number(number));
      }
    });
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`the local registry must start, got:\n${said.slice(-4000)}`)));
  });
  return {
    port,
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
