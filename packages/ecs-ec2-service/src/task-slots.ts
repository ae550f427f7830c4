import type { InstanceSize } from './instance-sizes';

/**
 * Share of a host's memory that ECS can give to tasks: the kernel and the ECS agent take the rest. A `t4g.small`
 * registers about 1.8 of its 2 GiB.
 */
const USABLE_MEMORY = 0.9;

/** How many tasks one host carries, and what the limit is. */
export interface TaskSlots {
  readonly count: number;
  readonly limit: 'network interfaces' | 'CPU' | 'memory';
}

/** How many tasks of this size fit on a host. Each awsvpc task takes an interface; the first one is the host's own. */
export function taskSlots(host: InstanceSize, task: { cpuUnits: number; memoryMiB: number }): TaskSlots {
  const limits: TaskSlots[] = [
    { limit: 'network interfaces', count: host.interfaces - 1 },
    { limit: 'CPU', count: Math.floor((host.vcpus * 1024) / task.cpuUnits) },
    { limit: 'memory', count: Math.floor((host.memoryGib * 1024 * USABLE_MEMORY) / task.memoryMiB) },
  ];
  return limits.reduce((least, next) => (next.count < least.count ? next : least));
}
