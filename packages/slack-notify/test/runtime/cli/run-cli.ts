import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run } from '../../../runtime/cli/run';
import { underMutation } from '../lambda/lambda';
import { hurry, redirectFetch } from '../lambda/lambda-in-process';

const TOOL = join(__dirname, '..', '..', '..', 'assets', 'bin', 'slack-notify.js');
const REDIRECT = join(__dirname, 'redirect.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The bundled tool as a pipeline runs it, with Slack's hosts on this machine. */
export async function slackNotify(
  args: string[],
  env: Record<string, string> = {},
  origins: Record<string, string> = {},
): Promise<Ended> {
  return underMutation ? inThisProcess(args, env, origins) : asAProcess(args, env, origins);
}

async function asAProcess(
  args: string[],
  env: Record<string, string>,
  origins: Record<string, string>,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--require', REDIRECT, TOOL, ...args], {
    env: { PATH: process.env.PATH, TEST_ORIGINS: JSON.stringify(origins), ...env },
  });
  const written = { out: '', error: '' };
  child.stdout.on('data', (chunk) => {
    written.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    written.error += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...written };
}

async function inThisProcess(
  args: string[],
  env: Record<string, string>,
  origins: Record<string, string>,
): Promise<Ended> {
  const written = { out: '', error: '' };
  const restore = [redirectFetch(origins), hurry()];
  try {
    const code = await run(args, {
      env,
      out: (text) => {
        written.out += text;
      },
      error: (text) => {
        written.error += text;
      },
    });
    return { code, ...written };
  } finally {
    for (const undo of restore) {
      undo();
    }
  }
}
