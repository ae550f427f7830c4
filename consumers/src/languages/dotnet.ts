import { existsSync } from 'node:fs';
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
    for (const cwd of folders) {
      await run('dotnet', ['pack', '--nologo'], { cwd, env });
    }
    return { language, verdict: 'passed', note: 'packed' };
  } catch (error) {
    return { language, verdict: 'failed', note: (error as Error).message };
  }
}
