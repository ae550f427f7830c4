import { readArguments } from './arguments';
import type { Clients } from './aws/clients';
import type { Clock } from './clock';
import type { AwsCommand } from './execute';
import { helpText } from './help';
import { exitCodes, type Outcome } from './outcome';
import type { Report } from './report/events';
import { githubReporter } from './report/github';
import { jsonReporter, plainReporter, terminalReporter, type Write } from './report/reporters';
import { RolloutError } from './rollout-error';

/** The world that the tool runs in. */
export interface World {
  readonly env: NodeJS.ProcessEnv;
  readonly isTerminal: boolean;
  readonly out: Write;
  readonly err: Write;
  /** Appends to the job summary of GitHub Actions. */
  readonly summarize: Write;
  readonly makeClients: () => Clients;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Runs one command line and returns its exit code. */
export async function run(argv: string[], world: World): Promise<number> {
  try {
    const command = readArguments(argv);
    if (command.name === 'help') {
      world.out(helpText());
      return 0;
    }
    return exitCodes[await execute(command, world)];
  } catch (error) {
    return explainError(error, world);
  }
}

/** The SDK is loaded for a command that calls AWS only: help and wrong flags answer in half the time. */
function execute(command: AwsCommand, world: World): Promise<Outcome> {
  const commands = require('./execute') as typeof import('./execute');
  return commands.execute(command, world, reporterOf(world, command.json));
}

function reporterOf(world: World, json: boolean): Report {
  if (json) {
    return jsonReporter(world.out, () => world.clock.now());
  }
  if (world.env.GITHUB_ACTIONS === 'true') {
    return githubReporter(world.out, world.summarize);
  }
  return world.isTerminal && !world.env.NO_COLOR ? terminalReporter(world.out) : plainReporter(world.out);
}

function explainError(error: unknown, world: World): number {
  if (world.signal.aborted) {
    world.err(
      '\nInterrupted. A rollout that was started goes on without this tool: run the same command again to follow it.\n',
    );
    return exitCodes.interrupted;
  }
  if (error instanceof RolloutError) {
    const hint = error.code === 'usage' ? ' (ecs-rollout --help)' : '';
    const line = `${error.message}${hint}`;
    world.err(`${world.env.GITHUB_ACTIONS === 'true' ? '::error::' : ''}${line}\n`);
    return exitCodes[error.code];
  }
  const { name, message } = error as Error;
  world.err(`AWS answered something unexpected (${name}: ${message}).\n`);
  return exitCodes.unexpected;
}
