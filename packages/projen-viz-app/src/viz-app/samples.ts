import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppServer } from '../container/app-server';
import { Framework } from './framework';

/** How the sample of a framework is served, and what of it gets into the image. */
export interface Sample {
  readonly server: AppServer;
  readonly sources: string[];
  readonly healthCheckPath: string;
}

const SAMPLES: Record<Framework, () => Sample> = {
  [Framework.FLASK]: () => ({
    server: AppServer.wsgi('dashboard.app:create_app()'),
    sources: ['data', 'gunicorn.conf.py', 'dashboard'],
    healthCheckPath: '/healthz',
  }),
  [Framework.DASH]: () => ({
    server: AppServer.wsgi('dashboard.app:server'),
    sources: ['data', 'gunicorn.conf.py', 'dashboard'],
    healthCheckPath: '/healthz',
  }),
  [Framework.STREAMLIT]: () => ({
    server: AppServer.streamlit('dashboard/app.py'),
    sources: ['data', 'dashboard'],
    healthCheckPath: '/_stcore/health',
  }),
};

export function sampleOf(framework: Framework): Sample {
  return SAMPLES[framework]();
}

/** Path of what this package brings for a new repository. */
export function samplePath(...path: string[]): string {
  return join(__dirname, '..', '..', 'sample', ...path);
}

/** Text of such a file, with `{{name}}` filled in. */
export function sampleText(path: string, values: Record<string, string> = {}): string {
  const text = readFileSync(samplePath(path), 'utf8');
  return Object.entries(values).reduce((filled, [name, value]) => filled.split(`{{${name}}}`).join(value), text);
}
