import { javascript } from 'projen';
import { PythonContainer, type PythonContainerOptions } from '../packages/projen-viz-app/src';
import type { Monorepo } from './monorepo';
import { sharedOptions, useScripts, type WorkspacePackageOptions } from './workspace-package';

export interface PythonAppOptions extends WorkspacePackageOptions {
  /** What its Dockerfile is made from. */
  readonly container: PythonContainerOptions;
}

/** A Python app with its own lock file. The package.json is there so that nx runs and caches its tests like everyone's. */
export class PythonApp extends javascript.NodeProject {
  public readonly container: PythonContainer;

  constructor(repo: Monorepo, options: PythonAppOptions) {
    super({ ...sharedOptions(repo, options), name: options.name, entrypoint: '', projenrcJs: false });
    const python = `node ${this.outdir.slice(repo.outdir.length + 1).replace(/[^/]+/g, '..')}/scripts/python.mjs`;
    useScripts(this, {
      lint: `${python} -m ruff check . && ${python} -m ruff format --check .`,
      typecheck: `${python} -m mypy`,
      test: `${python} -m pytest -q --junitxml=test-results.xml`,
    });
    this.package.addField('private', true);
    this.container = new PythonContainer(this, options.container);
    this.gitignore.exclude(
      '/.venv/',
      '__pycache__/',
      '*.egg-info/',
      '.pytest_cache/',
      '.ruff_cache/',
      '.mypy_cache/',
      '.hypothesis/',
    );
  }
}
