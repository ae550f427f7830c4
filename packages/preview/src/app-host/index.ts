import { spawn, spawnSync } from 'node:child_process';
import { type AppNews, GRACE_MS, type StartApp } from '../app/messages';

/**
 * Watches over the app in a process group of its own, so that nothing of it is left however the preview ends.
 *
 * The preview's own exit handlers do not run when it is killed; the end of the channel to it is noticed here.
 */
let stopping = false;

function tell(news: AppNews): void {
  if (process.connected) {
    process.send?.(news);
  }
}

function endGroup({ cleanup, env }: StartApp): void {
  if (cleanup) {
    // With the app's environment, which says where the Docker engine is.
    spawnSync(cleanup.command, [...cleanup.args], { env: { ...env }, stdio: 'ignore', timeout: 30_000 });
  }
  // Workers may outlive their master. This ends them, and this process with them.
  process.kill(-process.pid, 'SIGKILL');
}

process.once('message', (start: StartApp) => {
  const { command, args, cwd, env } = start;
  const app = spawn(command, [...args], { cwd, env: { ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => {
    if (!stopping) {
      stopping = true;
      // This process ignores it, the rest of the group does not.
      process.kill(-process.pid, 'SIGTERM');
      setTimeout(() => endGroup(start), GRACE_MS);
    }
  };
  process.on('disconnect', stop);
  process.on('message', stop);
  app.on('error', (error: NodeJS.ErrnoException) => {
    tell({ type: 'failed', message: error.code === 'ENOENT' ? `${command} is not there` : error.message });
    setImmediate(() => endGroup(start));
  });
  app.on('exit', (code, signal) => {
    tell({ type: 'ended', code, signal });
    setImmediate(() => endGroup(start));
  });
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => undefined);
}
