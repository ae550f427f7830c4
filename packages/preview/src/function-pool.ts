import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFunction } from './lambda/function-definition';
import { FunctionProcess } from './lambda/function-process';
import type { Resolver } from './template/resolver';

/** One process for each Lambda function, however many rules and triggers lead to it. */
export class FunctionPool {
  private readonly processes = new Map<string, FunctionProcess>();
  /** Where code lies that is written into the template itself. */
  private folder: string | undefined;

  constructor(
    private readonly resolver: Resolver,
    private readonly log: (line: string) => void,
  ) {}

  public get(logicalId: string): FunctionProcess {
    const known = this.processes.get(logicalId);
    if (known) {
      return known;
    }
    const made = new FunctionProcess(
      readFunction(this.resolver, logicalId, () => this.newFolder()),
      this.log,
    );
    this.processes.set(logicalId, made);
    return made;
  }

  public async close(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.close()));
    this.removeFolder();
  }

  private newFolder(): string {
    if (!this.folder) {
      this.folder = mkdtempSync(join(tmpdir(), 'viz-preview-functions-'));
      // Also where nothing is closed any more.
      process.once('exit', () => this.removeFolder());
    }
    return mkdtempSync(join(this.folder, 'function-'));
  }

  private removeFolder(): void {
    if (this.folder) {
      rmSync(this.folder, { recursive: true, force: true });
      this.folder = undefined;
    }
  }
}
