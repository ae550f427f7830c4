import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Empty folders outside the tree, as another team's are. */
export class Folders {
  private readonly made: string[] = [];

  public make(): string {
    const folder = mkdtempSync(join(tmpdir(), 'paebbl-consumer-'));
    this.made.push(folder);
    return folder;
  }

  public removeAll(): void {
    for (const folder of this.made.splice(0)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
