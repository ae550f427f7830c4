import { posix } from 'node:path';

const { dirname } = posix;

/** What differs from one Dockerfile to another. */
export interface DockerfileParts {
  readonly base: string;
  readonly lockFile: string;
  readonly sources: string[];
  readonly buildPackages: string[];
  readonly runtimePackages: string[];
  readonly port: number;
  readonly healthCheckPath: string;
  readonly environment: { [name: string]: string };
  readonly command: string[];
}

/** Every file gets this time, so that the same content makes the same layer on every machine (1 January 1980). */
const TIME = '@315532800';

/** Numbers instead of a name: no file of the base image has to be changed, and Kubernetes and ECS can check them. */
const USER = '10001:10001';

/** The lines of a Dockerfile. Comments in it say why, because people read it who never saw this file. */
export function dockerfile(parts: DockerfileParts): string[] {
  const { base, lockFile, sources, command } = parts;
  return [
    '# The packages of the app, in a layer that changes with the lock file only.',
    `FROM ${base} AS dependencies`,
    ...install(parts.buildPackages),
    `COPY ${lockFile} /tmp/requirements.lock`,
    '# A private package index, or a certificate for it, comes as a secret and never into a layer:',
    '#   docker build --secret id=pip.conf,src=pip.conf --secret id=ca.crt,src=ca.crt .',
    '# Compiled here, because the root file system may be read-only later, and checked by content instead of time, which is',
    '# the same for all files, so that the same packages make the same layer everywhere. Their own tests stay out. Large',
    '# packages have a layer of their own: what is added beside them leaves it as it is.',
    'RUN --mount=type=cache,target=/root/.cache/pip \\',
    '    --mount=type=secret,id=pip.conf,target=/etc/pip.conf \\',
    '    --mount=type=secret,id=ca.crt \\',
    '    python3 -m venv --without-pip /opt/venv \\',
    '    && python3 -m pip --python /opt/venv/bin/python install --require-hashes --no-deps --no-compile \\',
    '      --disable-pip-version-check --root-user-action=ignore -r /tmp/requirements.lock \\',
    // Scientific packages bring their own tests: a tenth of an image with pandas, and nothing imports them.
    "    && find /opt/venv -path '*/tests/*' -name 'test_*.py' -delete \\",
    `    && ${compiled('/opt/venv')} \\`,
    ...packageLayers(),
    `    && ${sameTime()}`,
    '',
    `FROM ${base} AS code`,
    'WORKDIR /app',
    ...sources.map((source) => `COPY ${source} ./${source}`),
    `RUN ${compiled('/app')} \\`,
    '    && chmod -R a+rX,go-w /app \\',
    ...sources.map((source, at) => `    && ${movedToLayer(source, at + 1)} \\`),
    `    && ${sameTime()}`,
    '',
    `FROM ${base}`,
    ...install(parts.runtimePackages),
    '# What changes least comes first.',
    'COPY --from=dependencies /layers/large /',
    'COPY --from=dependencies /layers/rest /',
    ...sources.map((_source, at) => `COPY --from=code /layers/${at + 1} /`),
    'WORKDIR /app',
    ...environment(parts.environment),
    `USER ${USER}`,
    `EXPOSE ${parts.port}`,
    'STOPSIGNAL SIGTERM',
    ...healthCheck(parts),
    '# No shell in between: the server itself gets the signal to stop, and ends what it is answering.',
    `CMD ${JSON.stringify(command).replace(/","/g, '", "')}`,
    '',
  ];
}

/**
 * Not all of /opt is moved: a folder of the base image is not renamed but copied, file by file. And a large package that stays
 * the same is in the same layer whatever is added, so that it is neither pushed nor pulled again.
 */
function packageLayers(): string[] {
  const large = 'du --summarize --apparent-size --threshold=5M "$package"';
  return [
    '    && site=$(echo /opt/venv/lib/python3*/site-packages) \\',
    '    && mkdir -p "/layers/large$site" /layers/rest/opt \\',
    '    && for package in "$site"/*; do \\',
    `      if [ -n "$(${large})" ]; then mv "$package" "/layers/large$site/"; fi; done \\`,
    '    && mv /opt/venv /layers/rest/opt/ \\',
  ];
}

function compiled(folder: string): string {
  // On all cores of the build machine.
  return `python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash ${folder}`;
}

function sameTime(): string {
  return `find /layers -exec touch --no-dereference --date=${TIME} {} +`;
}

/** A layer is a tree from the root, so that the folders above the files keep their time, too. */
function movedToLayer(source: string, layer: number): string {
  const folder = `/layers/${layer}/${dirname(`app/${source}`)}`;
  return `mkdir -p ${folder} && mv /app/${source} ${folder}/`;
}

function install(packages: string[]): string[] {
  if (packages.length === 0) {
    return [];
  }
  return [
    '# Debian keeps one version of a package in a release: a pinned one would be gone with its next security fix.',
    '# hadolint ignore=DL3008',
    'RUN apt-get update \\',
    `    && apt-get install --yes --no-install-recommends ${[...packages].sort().join(' ')} \\`,
    '    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /var/cache/ldconfig/aux-cache',
  ];
}

function environment(own: { [name: string]: string }): string[] {
  const variables = {
    PATH: '/opt/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    // A file system that can be written only in /tmp is enough.
    HOME: '/tmp',
    LOGNAME: 'app',
    PYTHONDONTWRITEBYTECODE: '1',
    // Lines of the log appear when they are written, not when a buffer is full.
    PYTHONUNBUFFERED: '1',
    ...own,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}`);
  return [`ENV ${lines.join(' \\\n    ')}`];
}

function quoted(value: string): string {
  return /^[\w./:@%+,-]+$/.test(value) ? value : `"${value.replace(/(["\\$`])/g, '\\$1')}"`;
}

/** ECS reads health checks from the task definition and the load balancer; this one is for `docker run`. */
function healthCheck({ port, healthCheckPath }: DockerfileParts): string[] {
  const code = `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}${healthCheckPath}', timeout=3)`;
  return [
    'HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 \\',
    `    CMD ["python", "-c", ${JSON.stringify(code)}]`,
  ];
}
