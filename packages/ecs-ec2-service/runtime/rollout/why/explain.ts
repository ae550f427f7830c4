/** What is known of a failed task, in ECS's words. */
export interface Symptoms {
  readonly reason: string;
  readonly exitCode?: number;
  readonly stopCode?: string;
}

/** The same for people. */
export interface Explanation {
  readonly what: string;
  readonly next: string;
}

interface Rule extends Explanation {
  readonly when: (symptoms: Symptoms) => boolean;
}

const reason = (pattern: RegExp) => (symptoms: Symptoms) => pattern.test(symptoms.reason);
const exit = (code: number) => (symptoms: Symptoms) => symptoms.exitCode === code;

const notPulled = {
  what: 'The image could not be pulled.',
  next: 'Check the way out of the subnets (NAT or VPC endpoints) and the registry.',
};

// The first that fits wins. Words: Amazon ECS Developer Guide, "Amazon ECS stopped tasks error messages"; exit codes above
// 128 are 128 + the signal's number.
const rules: Rule[] = [
  // Before what does not exist: a refusal ends with "repository does not exist or may require 'docker login'", and a way out
  // that is missing begins with "failed to resolve ref".
  {
    when: reason(/CannotPull\w*.*(denied\b|403 Forbidden|unauthorized|not authorized|no basic auth|authorization)/i),
    what: 'The task may not pull the image.',
    next: "Allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer to the task definition's execution role. Other registries say the same of a repository that does not exist: check its spelling.",
  },
  {
    when: reason(
      /CannotPull\w*.*(timeout|dial tcp|failed to do request|request canceled|no such host|connection re(fused|set))/i,
    ),
    ...notPulled,
  },
  {
    when: reason(
      /CannotPull\w*.*(no matching manifest|match(ing|es)? (for )?platform|does not match the specified platform)/i,
    ),
    what: 'The image is not for the CPU of the hosts.',
    next: 'Build it with --platform linux/arm64 for Graviton hosts, linux/amd64 for others.',
  },
  {
    when: reason(/CannotPull\w*.*(not ?found|manifest unknown|name unknown|does not exist)/i),
    what: 'The image does not exist.',
    next: 'Check that the push succeeded, and the spelling of repository, tag and digest.',
  },
  {
    when: reason(/CannotPull\w*.*(no space left)/i),
    what: 'The disk of the host is full.',
    next: 'Give the hosts a larger disk, or make the image smaller.',
  },
  {
    when: reason(/CannotPull/i),
    ...notPulled,
  },
  {
    when: reason(/ResourceInitializationError.*(secret|ssm|parameter)/i),
    what: 'A secret of the task could not be read.',
    next: 'Check that it exists, and that the execution role may read it (and its KMS key).',
  },
  {
    when: reason(/ResourceInitializationError/i),
    what: 'The task could not be set up.',
    next: "Check the execution role's permissions, the log group and the way out of the subnets.",
  },
  {
    when: reason(/exec format error/i),
    what: 'The program is not for the CPU of the hosts.',
    next: 'Build the image with --platform linux/arm64 for Graviton hosts, linux/amd64 for others.',
  },
  {
    when: reason(/executable file not found|no such file or directory/i),
    what: 'The command of the container does not exist in the image.',
    next: 'Check the command: one argument an element, and a program that the image has.',
  },
  {
    when: reason(/OutOfMemory/i),
    what: 'The container ran out of memory.',
    next: 'Give the task more memory, or start fewer workers.',
  },
  {
    when: reason(/failed (ELB|Elastic Load Balancing|container)? ?health checks|ELB health/i),
    what: 'The task did not pass its health checks.',
    next: 'Check that the app answers the health path with 200 on its port, and within the grace period.',
  },
  {
    when: reason(/CannotCreateVolume|\bEFS\b|\bmount|\bvolumes?\b/i),
    what: 'A volume could not be mounted.',
    next: 'Check the volume, its security group and the mount targets.',
  },
  {
    when: reason(/SpotInterruption|Host EC2|terminated|instance.*(stopped|drain)/i),
    what: 'The host of the task went away.',
    next: 'Nothing, if it was one host: ECS starts the task elsewhere. Else look at the Auto Scaling group.',
  },
  {
    when: exit(137),
    what: 'The container was killed (exit code 137), mostly for lack of memory.',
    next: 'Give the task more memory, or start fewer workers.',
  },
  {
    when: exit(139),
    what: 'The container crashed (exit code 139, segmentation fault).',
    next: 'Look at its log; often a native library for another CPU.',
  },
  {
    when: exit(143),
    what: 'The container was asked to stop (exit code 143).',
    next: 'See in the service events who asked.',
  },
  {
    when: exit(127),
    what: 'The command of the container was not found (exit code 127).',
    next: 'Check the command and the PATH of the image.',
  },
  {
    when: exit(126),
    what: 'The command of the container cannot be executed (exit code 126).',
    next: 'Check its permissions and its CPU architecture.',
  },
  {
    when: exit(0),
    what: 'The container ended by itself, without an error (exit code 0).',
    next: 'A service must go on running: check that the command starts a server in the foreground.',
  },
];

/** The reason in plain words, and the next step. What is not known is told in ECS's words. */
export function explain(symptoms: Symptoms): Explanation {
  const rule = rules.find(({ when }) => when(symptoms));
  if (rule) {
    return { what: rule.what, next: rule.next };
  }
  if (symptoms.exitCode !== undefined) {
    return {
      what: `The container ended with exit code ${symptoms.exitCode}.`,
      next: 'Run the same image locally to see it happen.',
    };
  }
  return {
    what: symptoms.reason || `ECS stopped the task (${symptoms.stopCode ?? 'no reason given'}).`,
    next: 'Look at the stopped task in the ECS console.',
  };
}
