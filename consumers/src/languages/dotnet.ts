import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bindings } from '../bindings';
import { run } from '../run';
import { missingTool, type Row } from '../verification';
import type { Language } from './language';

const language = '.NET';

/** What must be on the machine to pack it. */
export const dotnetToolchain: Language['toolchain'] = [['dotnet', '--version']];

/** .NET is generated everywhere, and packed where its tools are. No program is run in it. */
export async function verifyDotnet(bindings: Bindings, env: NodeJS.ProcessEnv): Promise<Row> {
  const folders = bindings.packages.map((pkg) => bindings.of('dotnet', pkg));
  if (folders.some((folder) => !existsSync(folder))) {
    return { language, verdict: 'failed', note: 'a package has no generated code' };
  }
  if (missingTool(dotnetToolchain)) {
    return { language, verdict: 'skipped', note: "generated; not packed, because 'dotnet' is not on this machine" };
  }
  try {
    for (const folder of folders) {
      await pack(folder, env);
    }
    return { language, verdict: 'passed', note: 'packed' };
  } catch (error) {
    return { language, verdict: 'failed', note: (error as Error).message };
  }
}

/** As jsii-pacmak does it: the project that it generated packs itself when it is built. */
async function pack(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [name] = readdirSync(folder);
  const project = join(folder, name);
  await run('dotnet', ['build', '--nologo', '--force', '--configuration', 'Release'], { cwd: project, env });
  const release = join(project, 'bin', 'Release');
  if (!readdirSync(release).some((file) => file.endsWith('.nupkg'))) {
    throw new Error(`'dotnet build' must leave a package in ${release}, got: none`);
  }
}
