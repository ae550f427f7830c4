import { build, checkout, install, languages } from './common-steps';
import type { Settings } from './settings';
import type { Step } from './workflow-file';

/** The templates, made before there are credentials: what the packages of the CDK app do on the way sees none. */
export function synthSteps(settings: Settings): Step[] {
  return [
    checkout(),
    ...languages(settings),
    install(settings),
    ...build(settings.buildCommand),
    {
      name: 'Synthesize',
      'working-directory': settings.infraDirectory,
      run: 'npx cdk synth --quiet --output "$RUNNER_TEMP/cdk.out"',
    },
  ];
}

/**
 * Deploys the stack of the app when its template is another one than the deployed one.
 *
 * Compared with what is deployed and not with the last commit: a run that failed or was skipped is made up for by the
 * next. And compared first, because an update of a stack also takes in the parameter of the released image, so that each
 * push would roll out twice: the image of the last push, then its own.
 */
export function infrastructureStep({ infrastructureStack, infraDirectory }: Settings): Step {
  const arguments_ = '--app "$RUNNER_TEMP/cdk.out" --exclusively';
  return {
    name: 'Deploy the infrastructure if it changed',
    'working-directory': infraDirectory,
    run: [
      // Another status than 0 is a difference or an error; an error shows itself again in the deployment.
      `if npx cdk diff ${arguments_} --fail --method=template ${infrastructureStack}; then`,
      '  echo "No change of the infrastructure." >>"$GITHUB_STEP_SUMMARY"',
      'else',
      `  npx cdk deploy ${arguments_} --require-approval never ${infrastructureStack}`,
      '  echo "The infrastructure was deployed." >>"$GITHUB_STEP_SUMMARY"',
      'fi',
    ].join('\n'),
  };
}
