import type { NodeProject } from 'projen/lib/javascript';

/** Tasks that projen itself needs. */
const KEPT = ['install', 'install:ci', 'default'];

/**
 * Replaces the tasks that projen gives every Node project by a few plain npm scripts, which a reader finds in package.json
 * and which take arguments (`npm start -- --port 9000`).
 */
export function onlyScripts(project: NodeProject, scripts: Record<string, string>): void {
  const removed = project.tasks.all.filter((task) => !KEPT.includes(task.name));
  for (const { name } of [...removed, ...project.tasks.all]) {
    project.package.removeScript(name);
  }
  // A task can only go when no other one spawns it any more.
  for (let left = removed; left.length > 0; ) {
    const spawned = new Set(left.flatMap((task) => task.steps.map((step) => step.spawn)));
    for (const { name } of left.filter((task) => !spawned.has(task.name))) {
      project.tasks.removeTask(name);
    }
    left = left.filter((task) => spawned.has(task.name));
  }
  for (const [name, command] of Object.entries(scripts)) {
    project.package.setScript(name, command);
  }
}
