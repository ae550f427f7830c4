import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Token } from 'aws-cdk-lib/core';
import type { HostOptions } from './host-options';
import { instanceSize } from './instance-sizes';
import { taskSlots } from './task-slots';
import { requireInteger, requireThat } from './validation';

/** What one task takes. */
export interface TaskSize {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/**
 * Fails on hosts that tasks of this size could never run on, before anything is created.
 *
 * @param tasks how many of them there will be at most, or undefined when that is known at deployment only
 */
export function validateHosts(options: HostOptions, task: TaskSize, tasks: number | undefined): void {
  requireInteger(options.min, 'hosts.min', 0, 100);
  requireInteger(options.max, 'hosts.max', 1, 100);
  requireInteger(options.warm, 'hosts.warm', 0, 100);
  requireInteger(options.targetCapacityPercent, 'hosts.targetCapacityPercent', 1, 100);
  const { min, max } = hostCounts(options);
  requireThat(max > min, 'hosts.max', `be more than 'hosts.min' (${min}), so that a host can be replaced`, max);
  const days = options.lifetime?.toDays({ integral: false });
  requireThat(
    days === undefined || (days >= 1 && days <= 365),
    'hosts.lifetime',
    'be from 1 to 365 days',
    `${days} days`,
  );
  const disk = options.diskSize?.toGibibytes();
  // The ECS-optimized image has a snapshot of 30 GiB: a smaller disk could not be made from it.
  requireThat(disk === undefined || disk >= 30, 'hosts.diskSize', 'be at least 30 GiB', `${disk} GiB`);
  requireThat(
    !(options.spot && options.warm),
    'hosts.warm',
    "be left out with 'hosts.spot', which cannot be stopped",
    'both',
  );
  requireInteger(options.spot?.onDemandHosts, 'hosts.spot.onDemandHosts', 0, 100);

  const first = hostType(options);
  requireHosts(max, first, task, tasks);
  for (const type of [first, ...(options.spot?.otherTypes ?? [])]) {
    requireRoom(type, task, type === first ? 'hosts.instanceType' : 'hosts.spot.otherTypes');
    const same = type.architecture === first.architecture;
    requireThat(same, 'hosts.spot.otherTypes', `have the CPU architecture of ${first}`, `${type}`);
  }
}

export function hostType(options: HostOptions): ec2.InstanceType {
  return options.instanceType ?? new ec2.InstanceType('t4g.small');
}

export function hostCounts(options: HostOptions): { min: number; max: number } {
  const min = options.min ?? 1;
  return { min, max: options.max ?? min + 1 };
}

function requireRoom(type: ec2.InstanceType, task: TaskSize, prop: string): void {
  const size = instanceSize(type);
  if (size) {
    const { count, limit } = taskSlots(size, task);
    const rule = `carry two tasks of ${task.cpuUnits} CPU units and ${task.memoryMiB} MiB, the running one and its successor`;
    requireThat(count >= 2, prop, rule, `${type} (${count} by its ${limit})`);
  }
}

/** During a rollout every task has its successor beside it. */
function requireHosts(max: number, type: ec2.InstanceType, task: TaskSize, tasks: number | undefined): void {
  const size = instanceSize(type);
  const slots = size && taskSlots(size, task).count;
  if (slots && tasks !== undefined && !Token.isUnresolved(tasks)) {
    const needed = Math.ceil((2 * tasks) / slots);
    requireThat(max >= needed, 'hosts.max', `be at least ${needed}, for ${tasks} tasks and their successors`, max);
  }
}
