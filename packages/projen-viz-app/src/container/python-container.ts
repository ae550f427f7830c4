import { join } from 'node:path';
import { Component, IgnoreFile, type Project, TextFile } from 'projen';
import type { AppServer } from './app-server';
import { dockerfile } from './dockerfile';
import type { PythonContainerOptions } from './python-container-options';
import { validateContainer, validateFiles } from './validate-container';

/**
 * `Dockerfile` and `.dockerignore` of a Python web app, from its lock file.
 *
 * The image holds the app, its packages and Python: no compiler, no caches, no tests. It runs as a user without rights,
 * on a read-only root file system (with a writable `/tmp` if the app wants one), and stops when it is told to.
 *
 * @throws Error `'prop' must <rule>, got: <value>`
 */
export class PythonContainer extends Component {
  /** How the app is served. */
  public readonly server: AppServer;
  /** Port that the app listens on. */
  public readonly port: number;
  /** Path that answers 200 while the app is alive. */
  public readonly healthCheckPath: string;
  /** Command of the container. */
  public readonly command: string[];
  /** Folder of the Dockerfile, from the root of the project. */
  public readonly directory: string;

  private readonly lockFile: string;
  private readonly sources: string[];

  constructor(project: Project, options: PythonContainerOptions) {
    super(project);
    validateContainer(options);

    this.server = options.server;
    this.port = options.port ?? 5000;
    this.healthCheckPath = options.healthCheckPath ?? '/healthz';
    this.command = options.server.commandFor(this.port);
    this.directory = options.directory ?? '.';
    this.lockFile = options.lockFile ?? 'requirements.lock';
    this.sources = options.sources ?? [options.server.topLevel];
    this.writeDockerfile(options);
    this.writeIgnoreFile();
  }

  /** Also what `projen new` writes only now is there by then. */
  public override postSynthesize(): void {
    validateFiles(this.folder, this.lockFile, this.sources, this.server);
  }

  private writeDockerfile(options: PythonContainerOptions): void {
    const image = options.baseImage ?? `python:${options.pythonVersion ?? '3.13'}-slim`;
    const file = new TextFile(this.project, join(this.directory, 'Dockerfile'));
    file.addLine(`# ${file.marker}`);
    dockerfile({
      base: options.baseImageDigest ? `${image}@${options.baseImageDigest}` : image,
      lockFile: this.lockFile,
      sources: this.sources,
      buildPackages: options.buildPackages ?? [],
      runtimePackages: options.runtimePackages ?? [],
      port: this.port,
      healthCheckPath: this.healthCheckPath,
      environment: options.environment ?? {},
      command: this.command,
    }).forEach((line) => {
      file.addLine(line);
    });
  }

  /** All is kept out but what the image is made of, so that nothing gets in by accident. */
  private writeIgnoreFile(): void {
    const file = new IgnoreFile(this.project, join(this.directory, '.dockerignore'), { filterCommentLines: false });
    file.addPatterns('*', `!${this.lockFile}`, ...this.sources.map((source) => `!${source}`));
    file.addPatterns('**/__pycache__', '**/*.py[co]', '**/.env*', '**/.DS_Store');
  }

  private get folder(): string {
    return join(this.project.outdir, this.directory);
  }
}
