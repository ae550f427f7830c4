import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../apps/paebbl-viz/e2e/src/engine';
import type { ControlPlane } from '../../packages/ecs-ec2-service/test/rollout/control-plane/server';
import type { SlackServer } from '../../packages/slack-notify/test/runtime/lambda/slack-server';
import type { WorkingClock } from './clock';
import { ours } from './ours';
import { pollTheDeployment, waitServicesStable } from './peer-waits';
import { peer } from './peers';
import { readShape, type Shape, seedShape } from './shape';

/** What a pipeline works with. */
export interface Stage {
  readonly clock: WorkingClock;
  /** The engine of the build machine. */
  readonly builder: Engine;
  readonly folder: string;
  /** Repository in the registry, with its address. */
  readonly repository: string;
  readonly commit: string;
  readonly plane: ControlPlane;
  readonly slack: SlackServer;
}

/** What a pipeline said, and when it was done with what. In milliseconds since 1970. */
export interface Ran {
  readonly builtAt: number;
  readonly pushedAt: number;
  readonly registeredAt: number;
  readonly verdictAt: number;
  readonly toldAt: number;
  readonly success: boolean;
  /** When it first told why tasks fail, with the end of their log, and what it told. */
  readonly reason?: { readonly at: number; readonly text: string };
}

/** A way from a commit to a live app. */
export interface Way {
  readonly name: string;
  readonly shape: () => Shape;
  /** Makes the folder of the app one that is built this way. */
  readonly prepare: (folder: string, base: string) => void;
  readonly run: (stage: Stage) => Promise<Ran>;
  /** Whether AWS's own events go to Slack. */
  readonly tellsEvents: boolean;
  /** Whether one round of it is enough. */
  readonly once?: boolean;
}

const install = `RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf --mount=type=secret,id=ca.crt \\
    python3 -m venv --without-pip /opt/venv && python3 -m pip --python /opt/venv/bin/python install -r requirements.lock`;
const rest = `ENV PATH=/opt/venv/bin:/usr/bin:/bin
EXPOSE 5000
CMD ["gunicorn", "--bind", "0.0.0.0:5000", "paebbl_viz.wsgi:app"]`;
const write =
  (...lines: string[]) =>
  (folder: string, base: string) => {
    writeFileSync(join(folder, 'Dockerfile'), [`FROM ${base}`, 'WORKDIR /app', ...lines, rest, ''].join('\n'));
    writeFileSync(join(folder, '.dockerignore'), '');
  };

export const ways: Way[] = [
  {
    // All is copied, then all is installed; nothing watches the new version.
    name: 'seed',
    shape: () => seedShape,
    prepare: write('COPY . .', install),
    run: peer(waitServicesStable),
    tellsEvents: false,
  },
  {
    // The usual advice followed: packages before code, a load balancer with its default check, a circuit breaker with rollback.
    name: 'by hand, with care',
    shape: () => ({
      check: { path: '/healthz', interval: 30, unhealthyAfter: 2, grace: 60 },
      draining: 300,
      failuresUntilRollback: 3,
    }),
    prepare: write('COPY requirements.lock .', install, 'COPY . .'),
    run: peer(pollTheDeployment),
    tellsEvents: false,
    once: true,
  },
  { name: 'ours', shape: readShape, prepare: () => undefined, run: ours, tellsEvents: true },
];
