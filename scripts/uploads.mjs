// @ts-check
/** A bucket on this machine, so that `npm start -- --uploads` has somewhere to put what is dropped. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './say.mjs';

const BUCKET = 'paebbl-viz-data';
const LONGEST_MS = 60_000;

/**
 * Starts moto's server, an S3 in memory, and makes the bucket in it. What is uploaded is gone when it stops.
 *
 * @param {string} python the Python that has moto
 * @param {string} publishers who may upload, as `PAEBBL_PUBLISHERS` has it
 * @returns {Promise<{ environment: Record<string, string>, stop: () => void }>}
 */
export async function startUploads(python, publishers) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const state = mkdtempSync(join(tmpdir(), 'paebbl-viz-uploads-'));
  const stop = () => {
    server.kill();
    rmSync(state, { recursive: true, force: true });
  };
  process.on('exit', stop);
  const deadline = Date.now() + LONGEST_MS;
  while (!(await madeBucket(url))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      stop();
      throw new Problem("The bucket for '--uploads' did not start: run `npm start` without it.", 1);
    }
    await sleep(100);
  }
  return {
    stop,
    environment: {
      AWS_ENDPOINT_URL: url,
      // No credentials of this machine get near the app: these mean something to the server above only.
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: '',
      PAEBBL_S3_BUCKET: BUCKET,
      PAEBBL_UPLOAD_BUCKET: BUCKET,
      PAEBBL_COPY_BUCKET: BUCKET,
      PAEBBL_PUBLISHERS: publishers,
      PAEBBL_ALB_KEYS_URL: '{publicKeysUrl}',
      PAEBBL_OIDC_KEYS_URL: '{jwksUrl}',
      // What an earlier bucket held is no last good copy of this one.
      PAEBBL_STATE_DIR: state,
    },
  };
}

/** @param {string} url */
async function madeBucket(url) {
  try {
    return (await fetch(`${url}/${BUCKET}`, { method: 'PUT' })).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}
