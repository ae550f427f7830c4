import { readArguments } from './arguments';
import type { Clients } from './aws/clients';
import type { Clock } from './clock';
import type { AwsCommand } from './execute';
import { helpText } from './help';
import { type ErrorCode, exitCodes, type Outcome } from './outcome';
import type { Report } from './report/events';
import { githubReporter } from './report/github';
import { jsonReporter, plainReporter, type Write } from './report/reporters';
import { type Screen, terminalReporter } from './report/terminal';
import { RolloutError } from './rollout-error';

/** The world that the tool runs in. */
export interface World {
  readonly env: NodeJS.ProcessEnv;
  readonly out: Write;
  readonly err: Write;
  /** The terminal, when there is one: its width, and its time. */
  readonly terminal?: Pick<Screen, 'columns' | 'everySecond'>;
  /** Appends to the job summary of GitHub Actions. */
  readonly summarize: Write;
  /** Appends to the outputs of a step in GitHub Actions. */
  readonly output: Write;
  readonly makeClients: () => Clients;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Runs one command line and returns its exit code. */
export async function run(argv: string[], world: World): Promise<number> {
  let report = reporterOf(world, argv.includes('--json'));
  try {
    const command = readArguments(argv);
    if (command.name === 'help') {
      world.out(helpText());
      return exitCodes.succeeded;
    }
    report = reporterOf(world, command.json);
    return exitCodes[await execute(command, world, report)];
  } catch (error) {
    const { code, message } = problemOf(error, world.signal);
    report({ type: 'error', code, message });
    return exitCodes[code];
  }
}

/** The SDK is loaded for a command that calls AWS only: help and wrong flags answer in half the time. */
function execute(command: AwsCommand, world: World, report: Report): Promise<Outcome> {
  const commands = require('./execute') as typeof import('./execute');
  return commands.execute(command, world, report);
}

function reporterOf(world: World, json: boolean): Report {
  const now = () => world.clock.now();
  if (json) {
    return jsonReporter(world, now);
  }
  if (world.env.GITHUB_ACTIONS === 'true') {
    return githubReporter(world);
  }
  const { terminal } = world;
  return terminal && !world.env.NO_COLOR ? terminalReporter({ ...world, ...terminal, now }) : plainReporter(world);
}

function problemOf(error: unknown, signal: AbortSignal): { code: ErrorCode | 'interrupted'; message: string } {
  if (signal.aborted) {
    const message =
      "Interrupted. A rollout that was started goes on without this tool: run the same deploy again, or 'ecs-rollout watch', to follow it.";
    return { code: 'interrupted', message };
  }
  if (error instanceof RolloutError) {
    const hint = error.code === 'usage' ? ' (ecs-rollout --help)' : '';
    return { code: error.code, message: `${error.message}${hint}` };
  }
  const { name, message } = error as Error;
  return {
    code: 'unexpected',
    message: `AWS answered something unexpected (${name}: ${message}). 'ecs-rollout status' tells what runs now; should it come again, report it with this line.`,
  };
}
