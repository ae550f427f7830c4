import { readFunction } from './lambda/function-definition';
import { FunctionProcess } from './lambda/function-process';
import type { Resolver } from './template/resolver';

/** One process for each Lambda function, however many rules and triggers lead to it. */
export class FunctionPool {
  private readonly processes = new Map<string, FunctionProcess>();

  constructor(
    private readonly resolver: Resolver,
    private readonly log: (line: string) => void,
  ) {}

  public get(logicalId: string): FunctionProcess {
    const known = this.processes.get(logicalId);
    if (known) {
      return known;
    }
    const made = new FunctionProcess(readFunction(this.resolver, logicalId), this.log);
    this.processes.set(logicalId, made);
    return made;
  }

  public async close(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.close()));
  }
}
