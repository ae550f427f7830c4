import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, type Engine } from '../../apps/paebbl-viz/e2e/src/engine';
import { ControlPlane } from '../../packages/ecs-ec2-service/test/rollout/control-plane/server';
import { World } from '../../packages/slack-notify/test/runtime/lambda/world';
import { applyChange, type Change, changes, copyApp } from './changes';
import { WorkingClock } from './clock';
import { tellOfTasks } from './events';
import { startRegistry } from './host';
import { Service } from './service';
import { PACE, watchTraffic } from './traffic';
import type { Ran, Way } from './ways';

/** One change that went one way, in milliseconds since 1970 and counts. */
export interface Measured extends Ran {
  readonly way: string;
  readonly change: Change;
  readonly pushedCommitAt: number;
  /** When ECS had ended the rollout; undefined when it never did. */
  readonly endedAt?: number;
  /** When Slack was first told of a failed task. */
  readonly eventToldAt?: number;
  readonly eventTitle?: string;
  readonly newVersionAt?: number;
  /** Of colleagues, from the start of the rollout to the verdict. */
  readonly requests: number;
  readonly failed: number;
}

/** Where it all happens, and the image that Dockerfiles start from. */
export interface Machines {
  readonly builder: Engine;
  readonly host: Engine;
  readonly base: string;
}

/**
 * All changes, one after the other, from a build machine, a registry and a host that have nothing yet. Rounds after the first
 * push what can be pushed again: another line of code, and what is bad.
 */
export async function runWay(machines: Machines, way: Way, rounds: number, report: (one: Measured) => void) {
  const { builder, host, base } = machines;
  const work = mkdtempSync(join(tmpdir(), 'commit-to-live-'));
  const folder = join(work, 'app');
  const registry = await startRegistry();
  const clock = new WorkingClock();
  let service = new Service(host, clock, way.shape());
  try {
    await empty(builder, host);
    copyApp(folder);
    way.prepare(folder, base);
    const pushes = Array.from({ length: rounds }).flatMap((_, round) =>
      changes.filter((change) => round === 0 || !change.once).map((change) => ({ change, round })),
    );
    for (const [at, { change, round }] of pushes.entries()) {
      const undo = applyChange(change, folder, round);
      const before = service;
      service = new Service(host, clock, way.shape());
      service.live = before.live;
      before.live && service.targets.add(before.live.url);
      const commit = String(at + 1).padStart(40, '0');
      report(
        await push({ builder, way, folder, change, commit, repository: `${registry.address}/app`, clock, service }),
      );
      undo();
    }
  } finally {
    await service.live?.remove();
    await registry.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

interface Push {
  readonly builder: Engine;
  readonly way: Way;
  readonly folder: string;
  readonly change: Change;
  readonly commit: string;
  readonly repository: string;
  readonly clock: WorkingClock;
  readonly service: Service;
}

async function push({ way, change, clock, service, ...rest }: Push): Promise<Measured> {
  const world = await World.start();
  const rollouts: Promise<void>[] = [];
  const timeline = () => {
    const begun = clock.actor(async () => {
      // The deployment is known once the call that makes it has returned.
      await Promise.resolve();
      await service.rollOut(plane.state, plane.state.latest());
    });
    rollouts.push(begun.catch(ignoreAbort));
    return { steps: [{ at: 0, status: 'PENDING' as const }] };
  };
  const plane: ControlPlane = await ControlPlane.start({ timeline, image: `${rest.repository}:live` }, clock);
  const { told, tell } = tellOfTasks(world, clock);
  if (way.tellsEvents) {
    service.onStopped = tell;
  }
  const over = new AbortController();
  try {
    const traffic = clock.actor(() => watchTraffic(clock, service, over.signal));
    const pushedCommitAt = clock.now();
    const ran = await clock.actor(async () => {
      const result = await way.run({ ...rest, clock, plane, slack: world.slack });
      // A verdict may come before anybody has asked for the new version.
      if (result.success) {
        await clock.sleep(2 * PACE);
      }
      return result;
    });
    over.abort();
    service.stop();
    await Promise.all(rollouts);
    const { endedAt } = service;
    const events = { eventToldAt: told.at, eventTitle: told.title };
    const { newVersionAt, requests } = await traffic;
    const during = requests.filter(({ at }) => at >= ran.registeredAt && at <= ran.verdictAt);
    const failed = during.filter((request) => request.failed).length;
    const seen = { newVersionAt, requests: during.length, failed };
    return { way: way.name, change, pushedCommitAt, endedAt, ...events, ...ran, ...seen };
  } finally {
    over.abort();
    service.stop();
    await Promise.all([plane.stop(), world.stop()]);
  }
}

function ignoreAbort(error: Error): void {
  if (error.name !== 'AbortError') {
    throw error;
  }
}

/** No layers, no build cache, no downloaded packages: cold is cold. */
export async function empty(builder: Engine, host: Engine): Promise<void> {
  await docker(builder, 'rmi', '--force', 'flask-app').catch(() => undefined);
  const { stdout } = await docker(builder, 'images', '--quiet', '--filter', 'reference=127.0.0.1:*/app');
  for (const image of new Set(stdout.trim().split('\n').filter(Boolean))) {
    await docker(builder, 'rmi', '--force', image);
  }
  await docker(builder, 'builder', 'prune', '--all', '--force');
  await docker(host, 'image', 'prune', '--all', '--force');
}
