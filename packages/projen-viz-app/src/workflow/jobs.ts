import { pinned } from './action-pins';
import { assume, build, checkout, install, languages } from './common-steps';
import { infrastructureStep, synthSteps } from './infrastructure-steps';
import { fromVariables, requireVariables, type Settings } from './settings';
import type { Job, Step } from './workflow-file';

const RUNNER = 'ubuntu-24.04';

/** A machine of the image's own processor: emulating another takes ten times as long. */
export function imageRunner({ architecture }: Settings): string {
  return architecture === 'arm64' ? `${RUNNER}-arm` : RUNNER;
}

export function testJob(settings: Settings): Job {
  return {
    name: 'Test',
    'runs-on': RUNNER,
    'timeout-minutes': 30,
    permissions: { contents: 'read' },
    steps: [
      checkout(),
      ...languages(settings),
      install(settings),
      { name: 'Test', env: { CI: 'true' }, run: settings.testCommand },
    ],
  };
}

/**
 * Builds and pushes by commit, once: a repeated run finds the image and leaves it as it is.
 *
 * The image gets its tag last. So whatever a run finds by its commit is attested, and a run that failed halfway is made up
 * for by its repetition.
 */
export function imageJob(settings: Settings): Job {
  return {
    name: 'Image',
    needs: ['test'],
    'runs-on': imageRunner(settings),
    'timeout-minutes': 30,
    permissions: {
      contents: 'read',
      'id-token': 'write',
      ...(settings.attestations ? { attestations: 'write' as const } : {}),
    },
    outputs: { digest: '${{ steps.existing.outputs.digest || steps.build.outputs.digest }}' },
    steps: [
      requireVariables('AWS_REGION', 'AWS_PUSH_ROLE_ARN', 'ECR_REPOSITORY_URI'),
      checkout(),
      assume('AWS_PUSH_ROLE_ARN'),
      { name: 'Sign in to the registry', uses: pinned('aws-actions/amazon-ecr-login') },
      { name: 'Set up BuildKit', uses: pinned('docker/setup-buildx-action') },
      {
        name: 'Look for the image of this commit',
        id: 'existing',
        env: fromVariables('ECR_REPOSITORY_URI'),
        run: [
          'found=$(aws ecr batch-get-image --repository-name "${ECR_REPOSITORY_URI#*/}" \\',
          `  --image-ids "imageTag=$GITHUB_SHA" --query 'images[0].imageId.imageDigest' --output text)`,
          'if [ "$found" != None ]; then echo "digest=$found" >>"$GITHUB_OUTPUT"; fi',
        ].join('\n'),
      },
      {
        name: 'Build and push',
        id: 'build',
        if: ONCE,
        uses: pinned('docker/build-push-action'),
        // A constant time, so that the same source makes the same image.
        env: { SOURCE_DATE_EPOCH: '315532800' },
        with: {
          context: settings.context,
          platforms: `linux/${settings.architecture}`,
          outputs:
            'type=image,name=${{ vars.ECR_REPOSITORY_URI }},push-by-digest=true,name-canonical=true,push=true,rewrite-timestamp=true',
          'cache-from': 'type=registry,ref=${{ vars.ECR_REPOSITORY_URI }}:cache',
          'cache-to':
            'type=registry,ref=${{ vars.ECR_REPOSITORY_URI }}:cache,mode=max,image-manifest=true,oci-mediatypes=true',
          // Attested below, where GitHub vouches for it.
          provenance: false,
          sbom: false,
        },
      },
      ...(settings.attestations ? attestationSteps() : []),
      {
        name: 'Tag the image with its commit',
        if: ONCE,
        env: { ...fromVariables('ECR_REPOSITORY_URI'), DIGEST: '${{ steps.build.outputs.digest }}' },
        run: tagImage('$GITHUB_SHA'),
      },
    ],
  };
}

const ONCE = "steps.existing.outputs.digest == ''";

function attestationSteps(): Step[] {
  const attest = (action: 'actions/attest-build-provenance' | 'actions/attest-sbom', more = {}): Step => ({
    name: action.endsWith('sbom') ? 'Attest the list of contents' : 'Attest where the image comes from',
    if: ONCE,
    uses: pinned(action),
    with: {
      'subject-name': '${{ vars.ECR_REPOSITORY_URI }}',
      'subject-digest': '${{ steps.build.outputs.digest }}',
      'push-to-registry': true,
      ...more,
    },
  });
  return [
    {
      name: 'List what the image holds',
      if: ONCE,
      uses: pinned('anchore/sbom-action'),
      with: {
        image: '${{ vars.ECR_REPOSITORY_URI }}@${{ steps.build.outputs.digest }}',
        format: 'spdx-json',
        'output-file': 'sbom.spdx.json',
        'upload-artifact': false,
        'upload-release-assets': false,
      },
    },
    attest('actions/attest-build-provenance'),
    attest('actions/attest-sbom', { 'sbom-path': 'sbom.spdx.json' }),
  ];
}

/**
 * Gives the image `$DIGEST` one more tag in the repository `$ECR_REPOSITORY_URI`, unless it has that.
 *
 * @param tag as a shell writes it
 */
function tagImage(tag: string): string {
  return [
    'repository=${ECR_REPOSITORY_URI#*/}',
    `tag=${tag}`,
    'tagged=$(aws ecr batch-get-image --repository-name "$repository" --image-ids "imageTag=$tag" \\',
    `  --query 'images[0].imageId.imageDigest' --output text)`,
    'if [ "$tagged" = "$DIGEST" ]; then exit 0; fi',
    'image=$(aws ecr batch-get-image --repository-name "$repository" --image-ids "imageDigest=$DIGEST" --output json)',
    'aws ecr put-image --repository-name "$repository" --image-tag "$tag" --image-digest "$DIGEST" \\',
    `  --image-manifest "$(jq --raw-output '.images[0].imageManifest' <<<"$image")" \\`,
    `  --image-manifest-media-type "$(jq --raw-output '.images[0].imageManifestMediaType' <<<"$image")" >/dev/null`,
  ].join('\n');
}

/** Rolls the image out, and once it is live protects it from expiring. */
export function deployJob(settings: Settings): Job {
  return {
    name: 'Deploy',
    needs: ['image'],
    'runs-on': RUNNER,
    'timeout-minutes': 60,
    ...(settings.environment ? { environment: settings.environment } : {}),
    permissions: { contents: 'read', 'id-token': 'write' },
    env: {
      ...fromVariables('ECR_REPOSITORY_URI', 'ECS_CLUSTER', 'ECS_SERVICE', 'RELEASED_IMAGE_PARAMETER'),
      DIGEST: '${{ needs.image.outputs.digest }}',
    },
    steps: [
      requireVariables(
        'AWS_REGION',
        'AWS_DEPLOY_ROLE_ARN',
        'ECR_REPOSITORY_URI',
        'ECS_CLUSTER',
        'ECS_SERVICE',
        'RELEASED_IMAGE_PARAMETER',
      ),
      ...(settings.infrastructureStack ? synthSteps(settings) : commandSteps(settings)),
      assume('AWS_DEPLOY_ROLE_ARN'),
      ...(settings.infrastructureStack ? [infrastructureStep(settings)] : []),
      {
        name: 'Roll out',
        run: [
          `${settings.rolloutCommand} deploy --cluster "$ECS_CLUSTER" --service "$ECS_SERVICE" \\`,
          '  --image "$ECR_REPOSITORY_URI@$DIGEST" --release-parameter "$RELEASED_IMAGE_PARAMETER" --min-desired-count 1',
        ].join('\n'),
      },
      { name: 'Keep the released image', run: tagImage('released-$GITHUB_SHA') },
    ],
  };
}

/**
 * Tells how it ended, whatever happened, unless nobody is to be told.
 *
 * Not in the environment of the deployment: there it would wait for the same approval, and tell nothing when it is refused.
 */
export function notifyJob(settings: Settings): Job {
  const results = "join(needs.*.result, ' ')";
  return {
    name: 'Notify',
    needs: ['test', 'image', 'deploy'],
    if: 'always()',
    'runs-on': RUNNER,
    'timeout-minutes': 10,
    permissions: { contents: 'read' },
    steps: [
      ...commandSteps(settings),
      {
        name: 'Tell the channel',
        env: { SLACK_WEBHOOK_URL: '${{ secrets.SLACK_WEBHOOK_URL }}', RESULTS: `\${{ ${results} }}` },
        run: [
          'case " $RESULTS " in',
          '  *" failure "*) status=failure ;;',
          '  *" cancelled "* | *" skipped "*) status=cancelled ;;',
          '  *) status=success ;;',
          'esac',
          `${settings.notifyCommand} send --status "$status"`,
        ].join('\n'),
      },
    ],
  };
}

/** What it takes to call the two commands: nothing but Node.js, unless they are built here. */
function commandSteps(settings: Settings): Step[] {
  const [node] = languages(settings);
  return settings.buildCommand ? [checkout(), node, install(settings), ...build(settings)] : [node];
}
