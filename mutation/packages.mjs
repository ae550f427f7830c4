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
  'ecs-ec2-service': { mutate: ['runtime/**/*.ts'], tests: ['test/rollout/**/*.test.ts'] },
  // Thousands of requests for every mutant would take days; the other tests ask the same questions one by one.
  preview: { mutate: ['src/**/*.ts'], tests: ['test/**/!(generated-attacks).test.ts'] },
  'slack-notify': { mutate: ['runtime/**/*.ts'], tests: ['test/runtime/**/*.test.ts'] },
};
