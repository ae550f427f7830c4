import { javascript } from 'projen';
import type { Monorepo } from './monorepo';
import { sharedOptions, useScripts, type WorkspacePackageOptions } from './workspace-package';

/** A Python package of its own, for PyPI. It is tested in the dashboard's environment, whose lock file has what it needs. */
export class PythonLibrary extends javascript.NodeProject {
  constructor(repo: Monorepo, options: WorkspacePackageOptions) {
    super({ ...sharedOptions(repo, options), name: options.name, entrypoint: '', projenrcJs: false });
    const python = `node ${this.outdir.slice(repo.outdir.length + 1).replace(/[^/]+/g, '..')}/scripts/python.mjs`;
    useScripts(this, {
      lint: `${python} -m ruff check . && ${python} -m ruff format --check .`,
      typecheck: `${python} -m mypy`,
      test: `${python} -m pytest -q --junitxml=test-results.xml`,
    });
    this.package.addField('private', true);
    this.gitignore.exclude(
      '__pycache__/',
      '*.egg-info/',
      '/build/',
      '.pytest_cache/',
      '.ruff_cache/',
      '.mypy_cache/',
      '.hypothesis/',
    );
  }
}
