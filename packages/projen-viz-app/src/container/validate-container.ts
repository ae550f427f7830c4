import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireForm, requireThat } from '../validation';
import type { AppServer } from './app-server';
import type { PythonContainerOptions } from './python-container-options';

/** Versions of Python that get security fixes (https://devguide.python.org/versions/). */
const SUPPORTED = ['3.11', '3.12', '3.13', '3.14'];

/** Fails on options that no image could be built from. */
export function validateContainer(options: PythonContainerOptions): void {
  const version = options.pythonVersion ?? SUPPORTED[0];
  requireThat(SUPPORTED.includes(version), 'pythonVersion', `be one of ${SUPPORTED.join(', ')}`, version);
  requireThat(
    !(options.baseImage && options.pythonVersion),
    'pythonVersion',
    "be left out when 'baseImage' is given, which has its own Python",
    version,
  );
  requireForm(
    options.baseImage,
    'baseImage',
    /^[a-z0-9][\w./-]*(:\d+\/[\w./-]+)?:(?!latest$)\w[\w.-]*$/,
    'name an image with a tag other than latest',
  );
  requireForm(options.baseImageDigest, 'baseImageDigest', /^sha256:[0-9a-f]{64}$/, 'be sha256: and 64 hex digits');
  const { port = 5000 } = options;
  requireThat(Number.isInteger(port) && port > 1023 && port < 65_536, 'port', 'be from 1024 to 65535', port);
  requireForm(options.healthCheckPath, 'healthCheckPath', /^\/[\w./-]*$/, 'start with a slash and have no query');
  for (const prop of ['buildPackages', 'runtimePackages'] as const) {
    for (const name of options[prop] ?? []) {
      requireForm(name, prop, /^[a-z0-9][a-z0-9+.-]+$/, 'hold names of Debian packages');
    }
  }
  for (const source of options.sources ?? []) {
    requireForm(
      source,
      'sources',
      /^(?!\.{1,2}(\/|$))(?!.*\/\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/,
      'hold paths of files and folders below the app folder',
    );
  }
  validateVariables(options.environment, 'environment');
}

/** Fails on variables that an image cannot have, and on what should not be in one. */
export function validateVariables(variables: { [name: string]: string } | undefined, prop: string): void {
  for (const [name, value] of Object.entries(variables ?? {})) {
    requireForm(name, prop, /^[A-Za-z_]\w*$/, 'hold names of environment variables');
    requireForm(value, `${prop}.${name}`, /^[^\n\r]*$/, 'be one line');
    requireThat(
      !/secret|password|passwd|token|api_?key|credential/i.test(name),
      prop,
      'hold no secrets, which everybody who has the image could read',
      name,
    );
  }
}

/** Programs that serve an app and are a package of the same name. */
const SERVERS = ['gunicorn', 'uvicorn', 'streamlit', 'hypercorn', 'daphne', 'granian'];

/** Fails when the files that the image is built from are not there. */
export function validateFiles(folder: string, lockFile: string, sources: string[], server: AppServer): void {
  const { entryFiles, program } = server;
  const has = (path: string) => existsSync(join(folder, path));
  requireThat(
    has(lockFile),
    'lockFile',
    `exist: write it with 'uv pip compile --generate-hashes pyproject.toml -o ${lockFile}'`,
    lockFile,
  );
  const pinned = /^[^#\s-][^\n]*==/m;
  const text = readFileSync(join(folder, lockFile), 'utf8');
  requireThat(
    !pinned.test(text) || text.includes('--hash=sha256:'),
    'lockFile',
    "hold a hash for each package: write it with '--generate-hashes'",
    `${lockFile} without hashes`,
  );
  requireThat(pinned.test(text), 'lockFile', 'hold packages with their versions', `${lockFile} without any`);
  requireThat(
    !SERVERS.includes(program) || new RegExp(`^${program}(\\[[^\\]]*\\])?==`, 'im').test(text),
    'lockFile',
    `hold ${program}, which serves the app: add it to the packages of the app`,
    `${lockFile} without it`,
  );
  requireThat(entryFiles.some(has), 'server', `start from a file that exists (${entryFiles.join(' or ')})`, 'none');
  for (const source of sources) {
    requireThat(has(source), 'sources', 'exist', source);
  }
  const copied = (file: string) => sources.some((source) => file === source || file.startsWith(`${source}/`));
  requireThat(entryFiles.some(copied), 'sources', `hold what the server starts (${entryFiles[0]})`, sources);
}
