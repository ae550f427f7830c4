import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run';
import { root } from '../workspace';
import type { Language } from './language';

/** pip, from a folder of wheels; aws-cdk-lib comes from the machine's index, the newest that it has. */
export const python: Language = {
  name: 'Python',
  toolchain: [
    ['python3', '--version'],
    ['python3', '-m', 'venv', '--help'],
  ],
  async synth({ bindings }, folder, env) {
    const wheels = join(folder, 'wheels');
    const bin = join(folder, '.venv', 'bin', 'python');
    await run('python3', ['-m', 'venv', join(folder, '.venv')], { cwd: folder, env });
    const sources = bindings.packages.map((pkg) => bindings.of('python', pkg));
    await run(bin, ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', wheels, ...sources], {
      cwd: folder,
      env,
    });
    const names = bindings.packages.map(({ name }) => name.replace('@paebbl/', 'paebbl-'));
    // Compiling all of aws-cdk-lib takes longer than compiling what the program imports.
    const install = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--find-links', wheels, ...names];
    await run(bin, install, { cwd: folder, env });
    cpSync(join(root, 'consumers/python'), folder, { recursive: true });
    await run(bin, ['app.py'], { cwd: folder, env });
    const { stdout } = await run(bin, ['-c', 'import importlib.metadata as m; print(m.version("aws-cdk-lib"))'], {
      cwd: folder,
      env,
    });
    return { assembly: join(folder, 'cdk.out'), cdkVersion: stdout.trim() };
  },
};
