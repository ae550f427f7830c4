import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, type Engine, findEngine, registry } from '../../apps/paebbl-viz/e2e/src/engine';
import { buildImage, container } from '../../apps/paebbl-viz/e2e/src/engine-image';
import { inspect, startTask } from '../../apps/paebbl-viz/e2e/src/engine-task';
import { writeReport } from '../write-report';

const WHAT =
  'the image of the dashboard: size, a build from nothing, a build after one more line of code, what that pushes, and the ' +
  'median of five starts until it is healthy; all on the same base image';

/** One Dockerfile's figures. */
interface Figures {
  name: string;
  /** Where the megabytes are; an object, because it is no column of the table. */
  contents: Record<string, number>;
  imageMB: number;
  coldBuildSeconds: number;
  rebuildSeconds: number;
  pushedBytesAfterOneLine: number;
  runToHealthySeconds: number;
}

/**
 * The two secrets are how any build on this machine reaches its package index; the virtual environment is there because
 * Debian's Python asks for one.
 */
const INSTALL = `RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf --mount=type=secret,id=ca.crt \\
    python3 -m venv --without-pip /opt/venv && python3 -m pip --python /opt/venv/bin/python install -r requirements.lock`;

const dockerfile = (base: string, ...steps: string[]) => `FROM ${base}
WORKDIR /app
${steps.join('\n')}
ENV PATH=/opt/venv/bin:/usr/bin:/bin
EXPOSE 5000
CMD ["gunicorn", "--bind", "0.0.0.0:5000", "paebbl_viz.wsgi:app"]
`;

const peers: Record<string, (base: string) => string> = {
  // The way the app was built: everything copied, then everything installed.
  'by hand': (base) => dockerfile(base, 'COPY . .', INSTALL),
  // The usual advice: packages before code.
  'by hand, packages first': (base) => dockerfile(base, 'COPY requirements.lock .', INSTALL, 'COPY . .'),
};

async function measure(engine: Engine, name: string, folder: string): Promise<Figures> {
  const path = `benchmark-${name.replace(/\W+/g, '-')}`;
  const repository = `${registry}/${path}`;
  // Cold is cold: no layers, and no packages that an earlier build downloaded.
  // An image of an earlier run keeps its layers from being pruned; there may be none.
  await docker(engine, 'rmi', '--force', `${repository}:1`, `${repository}:2`).catch(() => undefined);
  await docker(engine, 'builder', 'prune', '--all', '--force');
  const coldBuildSeconds = await seconds(() => buildImage(engine, `${repository}:1`, folder));
  await docker(engine, 'push', '--quiet', `${repository}:1`);
  appendFileSync(join(folder, 'paebbl_viz', 'labels.py'), '\n# One line more.\n');
  const rebuildSeconds = await seconds(() => buildImage(engine, `${repository}:2`, folder));
  await docker(engine, 'push', '--quiet', `${repository}:2`);
  const before = await layers(path, '1');
  const pushed = [...(await layers(path, '2'))].filter(([digest]) => !before.has(digest));
  return {
    name,
    imageMB: Math.round(Number(await inspect(engine, `${repository}:1`, '{{.Size}}')) / 1e6),
    coldBuildSeconds,
    rebuildSeconds,
    pushedBytesAfterOneLine: pushed.reduce((sum, [, size]) => sum + size, 0),
    runToHealthySeconds: await start(engine, `${repository}:2`),
    contents: await contents(engine, `${repository}:2`),
  };
}

/** Compressed layers and configuration of a pushed image, by digest. */
async function layers(path: string, tag: string): Promise<Map<string, number>> {
  const response = await fetch(`http://${registry}/v2/${path}/manifests/${tag}`, {
    headers: {
      accept: 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json',
    },
  });
  const manifest = (await response.json()) as Record<'layers', { digest: string; size: number }[]> & {
    config: { digest: string; size: number };
  };
  return new Map([...manifest.layers, manifest.config].map(({ digest, size }) => [digest, size]));
}

/** Megabytes of what is in an image: the largest packages, and kinds of files over all of them. */
async function contents(engine: Engine, image: string): Promise<Record<string, number>> {
  const script = `cd /opt/venv/lib/python3*/site-packages
    size() { find "$@" -type f -printf '%s\\n' | awk '{ sum += $1 } END { print int(sum / 1e6) }'; }
    echo "packages $(size .)"
    echo "bytecode $(size . -name '*.pyc')"
    echo "tests-of-packages $(size . -path '*/tests/*' -name 'test_*')"
    for folder in */; do echo "package-\${folder%/} $(size "$folder")"; done | sort --reverse --numeric-sort --key=2 | head -n 6`;
  const { stdout } = await docker(engine, 'run', '--rm', '--entrypoint=sh', image, '-c', script);
  const lines = stdout.trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
}

/** The median of five starts. */
async function start(engine: Engine, image: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const began = performance.now();
    const task = await startTask(engine, image);
    await task.healthy();
    times.push((performance.now() - began) / 1000);
    await task.remove();
  }
  return rounded(times.sort((a, b) => a - b)[2]);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return rounded((performance.now() - began) / 1000);
}

const rounded = (value: number) => Math.round(value * 100) / 100;

async function main() {
  const engine = findEngine();
  const own = `unix://${process.env.PAEBBL_ENGINE_HOME ?? '/var/tmp/paebbl-engine'}/docker.sock`;
  // It empties the build cache of the engine, which nobody would want of the engine that they work with.
  if (engine?.env.DOCKER_HOST !== own) {
    throw new Error(`'DOCKER_HOST' must be the engine of ".ci/engine start" (${own}), got: another engine or none`);
  }
  const work = mkdtempSync(join(tmpdir(), 'image-benchmark-'));
  try {
    const base = /^FROM (\S+) AS dependencies$/m.exec(readFileSync(join(container, 'Dockerfile'), 'utf8'))?.[1] ?? '';
    const results: Figures[] = [];
    for (const name of [...Object.keys(peers), 'ours']) {
      const folder = join(work, name);
      const unwanted = /\/(\.venv|__pycache__|\.[a-z]+_cache|node_modules)(\/|$)/;
      cpSync(container, folder, { recursive: true, filter: (path) => !unwanted.test(path) });
      if (peers[name]) {
        rmSync(join(folder, 'Dockerfile'));
        rmSync(join(folder, '.dockerignore'));
        writeFileSync(join(folder, 'Dockerfile'), peers[name](base));
      }
      results.push(await measure(engine, name, folder));
    }
    console.table(results.map(({ contents: _contents, ...row }) => row));
    writeReport({ benchmark: 'image', what: WHAT, base, results });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
