import { flags } from './arguments';
import { exitCodeMeanings, exitCodes } from './outcome';

/** What `ecs-rollout --help` prints. */
export function helpText(): string {
  const options = Object.entries(flags).map(([flag, item]) => {
    const left = `--${flag}${'value' in item ? ` ${item.value}` : ''}`;
    const where = item.commands.length > 0 && item.commands.length < 4 ? ` [${item.commands.join(', ')}]` : '';
    return hanging(`  ${left.padEnd(26)} `, `${item.text}${where}`);
  });
  const codes = Object.entries(exitCodes).map(([name, code]) =>
    hanging(`  ${String(code).padStart(4)}  ${name.padEnd(14)} `, exitCodeMeanings[name as keyof typeof exitCodes]),
  );
  return `Usage: ecs-rollout COMMAND --cluster NAME --service NAME [options]

Rolls an image out on Amazon ECS and tells how it ended, and why, as ECS itself reports it.

Commands
  deploy      a revision of the task definition that differs in the image only, followed to its end
  status      what runs, how the last deployments ended, and of what the last task failed
  rollback    an earlier version again
  watch       follow the newest deployment, whoever started it

Options
${options.join('\n')}

Examples
  ecs-rollout deploy --cluster ecs-paebbl-cluster --service app \\
    --image 111122223333.dkr.ecr.us-east-1.amazonaws.com/paebbl-repository:4f2c1e9 \\
    --release-parameter /paebbl-repository/released-image --min-desired-count 1
  ecs-rollout status --cluster ecs-paebbl-cluster --service app
  ecs-rollout rollback --cluster ecs-paebbl-cluster --service app --to 41

Exit codes
${codes.join('\n')}

Credentials and region are found as in every AWS tool (AWS_REGION, AWS_PROFILE, a role). Run again
with the same image, deploy attaches to the rollout that it had started.
`;
}

const WIDTH = 100;

/** Text beside its name: the lines after the first one stand below the text, not below the name. */
function hanging(name: string, text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && name.length + last.length + 1 + word.length > WIDTH) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
  }
  return name + lines.join(`\n${' '.repeat(name.length)}`);
}
