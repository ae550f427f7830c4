// @ts-check
/**
 * What is mutated, and by which tests it must be noticed, by package: code that runs (Lambda functions, command-line
 * tools, the preview, identity), where a wrong comparison lets somebody in or reports a failed rollout as a success.
 * Constructs are not in here: they are asserted by the templates that they make.
 *
 * @type {Record<string, { mutate: string[]; tests: string[] }>}
 */
export const packages = {
  'alb-identity': { mutate: ['src/**/*.ts'], tests: ['test/**/*.test.ts'] },
  'cognito-alb-auth': { mutate: ['runtime/**/*.ts'], tests: ['test/runtime/**/*.test.ts'] },
  // Without the random rollouts, which ask nothing that the others do not, and without the bundle, which no mutant is in.
  'ecs-ec2-service': { mutate: ['runtime/**/*.ts'], tests: ['test/rollout/!(properties|bundle).test.ts'] },
  // What decides who comes in. Each of its tests starts a preview, so that all 6,000 mutants would take days; the generated
  // attacks would, too, and ask what the other tests ask one by one.
  preview: {
    mutate: ['src/{front-door,session,sign-in}/**/*.ts'],
    tests: ['test/{front-door,session,sign-in}/**/!(generated-attacks).test.ts'],
  },
  'slack-notify': { mutate: ['runtime/**/*.ts'], tests: ['test/runtime/**/*.test.ts'] },
};
