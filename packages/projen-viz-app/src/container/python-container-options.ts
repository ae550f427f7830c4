import type { AppServer } from './app-server';

/** Options of `PythonContainer`. */
export interface PythonContainerOptions {
  /** How the app is served. */
  readonly server: AppServer;

  /**
   * What the app is made of: files and folders in the app folder, that which changes least first.
   *
   * Each becomes a layer, so that a change of the last one leaves the others as they are. Nothing else gets into the
   * image: not the tests, not a `.env`.
   *
   * @default - the module or file that the server starts
   */
  readonly sources?: string[];

  /**
   * Folder of the app in the project.
   *
   * @default '.'
   */
  readonly directory?: string;

  /**
   * The packages of the app, each with its version and hashes, in the form that `pip install --require-hashes` reads. `uv pip compile
   * --generate-hashes`, `uv export`, `pip-compile --generate-hashes` and `poetry export` write it.
   *
   * @default 'requirements.lock'
   */
  readonly lockFile?: string;

  /**
   * Python of the image: 3.11, 3.12, 3.13 or 3.14.
   *
   * @default '3.13'
   */
  readonly pythonVersion?: string;

  /**
   * Image that the app's image is made from. It must have Python, its pip 22.3 or newer, and be based on Debian where
   * packages of Debian are wanted.
   *
   * @default - `python:<pythonVersion>-slim`
   */
  readonly baseImage?: string;

  /**
   * Digest of the base image, as `sha256:...`: the same base, whatever its tag comes to mean.
   *
   * @default - what the tag means at the time of the build
   */
  readonly baseImageDigest?: string;

  /**
   * Debian packages that are needed to build Python packages from source, e.g. `build-essential`, `libpq-dev`.
   *
   * @default - none: wheels need no compiler
   */
  readonly buildPackages?: string[];

  /**
   * Debian packages that are needed when the app runs, e.g. `libgomp1`, `libpq5`.
   *
   * @default - none
   */
  readonly runtimePackages?: string[];

  /**
   * TCP port that the app listens on.
   *
   * @default 5000
   */
  readonly port?: number;

  /**
   * Path that answers 200 while the app is alive.
   *
   * @default '/healthz'
   */
  readonly healthCheckPath?: string;

  /**
   * Environment variables of the app that are the same everywhere. Never a secret: who has the image can read them.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
}
