import type { FailureReport } from './failure';

/** A service event that means that nothing will start, in plain words; undefined for all others. */
export function explainEvent(message: string): FailureReport | undefined {
  if (!/unable to place a task|unable to assume|unable to register|unable to launch/i.test(message)) {
    return undefined;
  }
  const base = { reason: message };
  if (/insufficient memory|RESOURCE:MEMORY/i.test(message)) {
    return {
      ...base,
      what: 'No host has enough memory for another task.',
      next: 'Use larger or more hosts, or a smaller task.',
    };
  }
  if (/insufficient CPU|RESOURCE:CPU/i.test(message)) {
    return {
      ...base,
      what: 'No host has enough CPU for another task.',
      next: 'Use larger or more hosts, or a smaller task.',
    };
  }
  if (/RESOURCE:ENI|network interface/i.test(message)) {
    return {
      ...base,
      what: 'No host has a network interface left for another task.',
      next: 'Use an instance type with more interfaces, or more hosts: each awsvpc task takes one.',
    };
  }
  if (/no container instances were found|no container instance met/i.test(message)) {
    return {
      ...base,
      what: 'No host can take the task.',
      next: 'Check that the Auto Scaling group has hosts, and that they could join the cluster (way out, role, user data).',
    };
  }
  return { ...base, what: 'ECS cannot start the task.', next: 'The event says why.' };
}
