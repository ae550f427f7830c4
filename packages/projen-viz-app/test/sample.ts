import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Project } from 'projen';
import {
  AppServer,
  DeployWorkflow,
  type DeployWorkflowOptions,
  PythonContainer,
  type PythonContainerOptions,
  VizApp,
  type VizAppOptions,
} from '../src';

/** A lock file of an app, with whatever may serve it. */
export const lock = ['flask==3.1.3', 'gunicorn==23.0.0', 'uvicorn[standard]==0.40.0', 'streamlit==1.50.0']
  .map((name) => `${name} \\\n    --hash=sha256:${'a'.repeat(64)}\n`)
  .join('');

/** A repository in a folder of its own, generated; `read` gives a file of it. */
export interface Sample {
  readonly outdir: string;
  read(path: string): string;
}

const made: string[] = [];
afterAll(() => {
  for (const outdir of made) {
    rmSync(outdir, { recursive: true, force: true });
  }
});

/** A repository of `VizApp`, in a folder of its own. Nothing is installed. */
export function generateVizApp(options: Partial<VizAppOptions> = {}): Sample {
  const outdir = mkdtempSync(join(tmpdir(), 'viz-app-'));
  made.push(outdir);
  const before = process.env.PROJEN_DISABLE_POST;
  process.env.PROJEN_DISABLE_POST = 'true';
  try {
    const project = new VizApp({ name: 'harvest', outdir, ...options });
    project.synth();
    // It looks for the files of the image after the samples are written.
    project.container.postSynthesize();
  } finally {
    process.env.PROJEN_DISABLE_POST = before;
  }
  return { outdir, read: (path) => readFileSync(join(outdir, path), 'utf8') };
}

export function generate(
  options: Partial<PythonContainerOptions> = {},
  files: Record<string, string> = { 'requirements.lock': lock, 'app.py': 'app = None\n' },
  workflow?: Partial<DeployWorkflowOptions>,
): Sample {
  const outdir = mkdtempSync(join(tmpdir(), 'viz-app-'));
  made.push(outdir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
  const project = new Project({ name: 'sample', outdir });
  const container = new PythonContainer(project, { server: AppServer.wsgi('app:app'), ...options });
  if (workflow) {
    new DeployWorkflow(project, { container, ...workflow });
  }
  project.synth();
  return { outdir, read: (path) => readFileSync(join(outdir, path), 'utf8') };
}
