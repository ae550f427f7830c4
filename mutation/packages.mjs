// @ts-check
const AWS = ['@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-ecs', '@aws-sdk/client-ssm'];
const SLACK = ['@slack/web-api', '@slack/webhook'];

/**
 * What is mutated, and by which tests it must be noticed, by package: code that runs (Lambda functions, command-line
 * tools, the preview, identity), where a wrong comparison lets somebody in or reports a failed rollout as a success.
 * Constructs are not in here: they are asserted by the templates that they make.
 *
 * A package that takes hours has parts, `package/part`, each measured by itself. `libraries` are loaded as one file each;
 * `constants` are mutated, too, where a table of words or rules is what there is to test. `started` is code that tests run
 * as a process: it is built once with all changes in it, and every test is run for each of them.
 *
 * @type {Record<string, { mutate: string[]; tests: string[]; libraries?: string[]; constants?: boolean; started?: boolean }>}
 */
export const packages = {
  'alb-identity': { mutate: ['src/**/*.ts'], tests: ['test/**/*.test.ts'] },
  'cognito-alb-auth': { mutate: ['runtime/**/*.ts'], tests: ['test/runtime/**/*.test.ts'] },
  // Without the random rollouts, which ask nothing that the others do not, and without the bundle, which no mutant is in.
  'ecs-ec2-service/follow': {
    mutate: ['runtime/rollout/follow/*.ts', 'runtime/rollout/{execute,finish,outcome}.ts'],
    tests: ['test/rollout/{follow,patience,progress,robust,scenarios,verdict}.test.ts'],
    libraries: AWS,
  },
  'ecs-ec2-service/why': {
    mutate: ['runtime/rollout/why/*.ts'],
    tests: ['test/rollout/{explain,failure,robust,scenarios}.test.ts'],
    libraries: AWS,
    constants: true,
  },
  'ecs-ec2-service/commands': {
    mutate: [
      'runtime/rollout/{aws,commands}/*.ts',
      'runtime/rollout/{image,preflight,record,rollout-error,start,task-revision}.ts',
    ],
    tests: ['test/rollout/{bad-input,calls,classify,commands,record,robust}.test.ts'],
    libraries: AWS,
  },
  'ecs-ec2-service/words': {
    mutate: ['runtime/rollout/report/*.ts', 'runtime/rollout/{arguments,help,main,run}.ts'],
    tests: ['test/rollout/{arguments,bad-input,commands,github,lines,reporters,run,terminal}.test.ts'],
    libraries: AWS,
  },
  // What decides who comes in, and what is read of a template, as far as it can be asked without starting a preview: all of its
  // 6,000 mutants, each with a start of its own, would take days.
  'preview/door': {
    mutate: [
      'src/front-door/{match-rule,origins,path-readings,read-request,re*-headers,redirect-location,wildcard}.ts',
      'src/session/*.ts',
      'src/sign-in/{identity-headers,jwt-gate,sign-in-state,signing-key}.ts',
      'src/model/{conditions,path-expression}.ts',
    ],
    tests: [
      'test/front-door/{match-rule,origins,path-readings,read-request,redirect,re*-headers,wildcard}.test.ts',
      'test/session/{cookies,seal,session-cookies}.test.ts',
      'test/sign-in/{identity-headers,jwt-gate,sign-in-state}.test.ts',
      'test/model/{conditions,path-expression}.test.ts',
    ],
  },
  'preview/inputs': {
    mutate: [
      'src/cli/{parse-arguments,read-people}.ts',
      'src/app/{addresses,local-command}.ts',
      'src/federation/attribute-mapping.ts',
      'src/lambda/alb-{event,result}.ts',
    ],
    tests: [
      'test/cli/{parse-arguments,read-people}.test.ts',
      'test/app/{addresses,local-command}.test.ts',
      'test/federation/attribute-mapping.test.ts',
      'test/lambda/*.test.ts',
    ],
  },
  'preview/template': {
    mutate: ['src/{assembly,template}/*.ts', 'src/model/!(conditions|path-expression).ts'],
    tests: ['test/{assembly,template}/*.test.ts', 'test/model/!(conditions|path-expression|variants).test.ts'],
  },
  // Its tests start the command, as a process of its own. Without those with a real Python, which ask nothing else.
  'projen-viz-app': {
    mutate: ['runtime/*.ts'],
    tests: ['test/runtime/{commands,find-python}.test.ts'],
    started: true,
  },
  'slack-notify/cli': { mutate: ['runtime/cli/*.ts'], tests: ['test/runtime/cli/*.test.ts'], libraries: SLACK },
  // Who may press a button, and what Slack is asked for.
  'slack-notify/approvals': {
    mutate: [
      'runtime/answer-approval/*.ts',
      'runtime/slack/{ensure-channel,explain-slack-error,people,verify-signature}.ts',
    ],
    tests: [
      'test/runtime/{approval,decided,explanations,read-click,verify-signature}.test.ts',
      'test/runtime/cli/channel.test.ts',
    ],
    libraries: SLACK,
  },
  'slack-notify/events': {
    mutate: [
      'runtime/{aws,post-event,state}/*.ts',
      'runtime/slack/{check-webhook-url,post,read-webhook-url,seconds-to-wait}.ts',
      'runtime/errors.ts',
    ],
    tests: [
      'test/runtime/!(any-event|approval|decided|explanations|golden|messages-page|read-click|render|verify-signature).test.ts',
    ],
    libraries: SLACK,
  },
  // Without the thousand damaged events, whose recorded originals are asked for one by one.
  'slack-notify/messages': {
    mutate: ['runtime/messages/*.ts'],
    tests: ['test/runtime/!(any-event|fault-matrix).test.ts', 'test/runtime/cli/*.test.ts'],
    libraries: SLACK,
  },
};
