import type { Command } from './arguments';
import { Aws } from './aws/calls';
import { deploy } from './commands/deploy';
import { rollback } from './commands/rollback';
import { status } from './commands/status';
import { watch } from './commands/watch';
import type { Context } from './context';
import type { Outcome } from './outcome';
import type { Report } from './report/events';
import type { World } from './run';

/** A command that needs AWS. */
export type AwsCommand = Exclude<Command, { name: 'help' }>;

/** Runs one command against AWS. */
export function execute(command: AwsCommand, { clock, signal, makeClients }: World, report: Report): Promise<Outcome> {
  const context: Context = { aws: new Aws(makeClients, clock, report, signal), clock, report, signal };
  switch (command.name) {
    case 'deploy':
      return deploy(context, command.options);
    case 'rollback':
      return rollback(context, command.options);
    case 'watch':
      return watch(context, command.options);
    case 'status':
      return status(context, command.options);
  }
}
