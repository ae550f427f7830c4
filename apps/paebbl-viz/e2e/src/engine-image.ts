import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, type Engine } from './engine';

export const container = join(__dirname, '..', '..', 'container');

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Builds a Dockerfile as the workflow does, with this machine's way to its package index given as secrets: a proxy's certificate
 * is no business of the image.
 */
export async function buildImage(engine: Engine, tag: string, folder = container, ...options: string[]): Promise<void> {
  const secrets = mkdtempSync(join(tmpdir(), 'build-secrets-'));
  try {
    const config = join(secrets, 'pip.conf');
    writeFileSync(config, pipConfiguration());
    await docker(
      engine,
      'build',
      '--network=host',
      '--quiet',
      `--secret=id=pip.conf,src=${config}`,
      ...(existsSync(CERTIFICATES) ? [`--secret=id=ca.crt,src=${CERTIFICATES}`] : []),
      `--tag=${tag}`,
      ...options,
      folder,
    );
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

/** Where pip of this machine finds packages. */
function pipConfiguration(): string {
  const index = process.env.PIP_INDEX_URL;
  return ['[global]', existsSync(CERTIFICATES) ? 'cert = /run/secrets/ca.crt' : '', index ? `index-url = ${index}` : '']
    .filter(Boolean)
    .join('\n');
}
