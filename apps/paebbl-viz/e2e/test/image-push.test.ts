import { describeWithEngine, docker, registry } from '../src/engine';
import { buildImage } from '../src/engine-image';
import { inspect, startTask } from '../src/engine-task';

jest.setTimeout(900_000);

describeWithEngine('an image that is pushed by commit', (engine) => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const repository = `${registry}/paebbl-repository`;

  test('is pulled by its digest, and runs again as it was', async () => {
    const name = `${repository}:${commit}`;
    await buildImage(engine, name);
    const built = await inspect(engine, name, '{{.Id}}');
    const { stdout } = await docker(engine, 'push', name);
    const digest = /digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1];
    expect(digest).toBeDefined();

    const released = `${repository}@${digest}`;
    await docker(engine, 'rmi', '--force', name);
    await docker(engine, 'pull', released);
    expect(await inspect(engine, released, '{{.Id}}')).toBe(built);
    const task = await startTask(engine, released);
    try {
      await task.healthy();
      expect(await task.stop()).toBe(0);
    } finally {
      await task.remove();
      await docker(engine, 'rmi', '--force', released);
    }
  });
});
