import { EXIT } from '../errors';
import { FLAGS, type Flag, VARIABLES } from './flags';

const CODES: Record<keyof typeof EXIT, string> = {
  ok: 'stopped by Ctrl-C or SIGTERM',
  unexpected: 'something unexpected',
  usage: 'the command line is wrong',
  template: 'the template holds something that the preview does not run',
  app: 'the app did not start, did not become healthy, or died',
  port: 'the port is taken',
  docker: 'Docker does not answer or could not build',
};

/** The text of `--help`. */
export function helpText(): string {
  const flags = (FLAGS as readonly Flag[]).map(({ name, value, help }) =>
    row(`--${name}${value ? ` ${value}` : ''}`, help),
  );
  return `viz-preview runs the front door of a synthesized CDK app on this machine, sign-in included.

Examples
  Synthesize, then preview:
    npx cdk synth
    viz-preview --app cdk.out --stack MyViz --context container
  Without Docker, with the packages of a virtual environment and a data file of your own:
    viz-preview --app cdk.out --stack MyViz --context container --engine process --venv .venv --file DATA_FILE=~/big.csv
  Several people, of whom some are in a group; people.json is [{"email": "a@b.c", "groups": ["viewers"]}]:
    viz-preview --app cdk.out --stack MyViz --context container --users people.json
  Two previews side by side:
    viz-preview --app cdk.out --stack MyViz --context container --port 8081

Flags
${flags.join('\n')}

Environment
${VARIABLES.map(({ name, help }) => row(name, help)).join('\n')}

Exit codes
${Object.entries(EXIT)
  .map(([name, code]) => `  ${code}  ${CODES[name as keyof typeof EXIT]}`)
  .join('\n')}
`;
}

function row(left: string, right: string): string {
  return left.length > 29 ? `  ${left}\n${' '.repeat(34)}${right}` : `  ${left.padEnd(32)}${right}`;
}
