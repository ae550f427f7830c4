import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { realClock } from '../../runtime/rollout/clock';
import { ControlPlane } from './control-plane/server';
import type { Timeline } from './control-plane/timeline';
import { DEPLOY } from './harness';

const BIN = path.join(__dirname, '..', '..', 'assets', 'bin', 'ecs-rollout.js');
let plane: ControlPlane;

/** The tool as it is published, in a process and a time of its own. */
async function start(timeline: Timeline, argv: string[]): Promise<ChildProcess & { text: () => string }> {
  plane = await ControlPlane.start({ timeline }, realClock);
  const child = spawn(process.execPath, [BIN, ...argv], {
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: plane.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
    },
  });
  let text = '';
  child.stdout?.on('data', (more) => {
    text += more;
  });
  child.stderr?.on('data', (more) => {
    text += more;
  });
  return Object.assign(child, { text: () => text });
}

const closed = (child: ChildProcess) => new Promise<number | null>((done) => child.once('close', done));
afterEach(() => plane.stop());

test('the published file follows a rollout to its end', async () => {
  const child = await start(
    {
      steps: [
        { at: 0, status: 'IN_PROGRESS' },
        { at: 3, status: 'SUCCESSFUL', running: 1 },
      ],
    },
    DEPLOY,
  );
  expect({ code: await closed(child), text: child.text() }).toEqual({
    code: 0,
    text: expect.stringContaining('Live after'),
  });
  expect(child.text()).not.toContain('Warning');
}, 60_000);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the published file at once, with its own exit code',
  async (signal) => {
    const child = await start({ steps: [{ at: 0, status: 'IN_PROGRESS' }] }, DEPLOY);
    while (!child.text().includes('Rolling out')) {
      await realClock.sleep(50);
    }
    child.kill(signal);
    expect({ code: await closed(child), text: child.text() }).toEqual({
      code: 130,
      text: expect.stringContaining('goes on'),
    });
  },
  60_000,
);
