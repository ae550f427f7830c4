import { pinned } from './action-pins';
import { assume, checkout, RUNNER } from './common-steps';
import { fromVariables, requireVariables, type Settings } from './settings';
import type { Job, Step } from './workflow-file';

/** A machine of the image's own processor: emulating another takes ten times as long. */
export function imageRunner({ architecture }: Settings): string {
  return architecture === 'arm64' ? `${RUNNER}-arm` : RUNNER;
}

/**
 * Builds and pushes by commit, once: a repeated run finds the image and leaves it as it is. It is built while the tests run:
 * only what passed them is deployed, and what did not expires.
 *
 * The image gets its tag last. So whatever a run finds by its commit is attested, and a run that failed halfway is made up
 * for by its repetition.
 */
export function imageJob(settings: Settings): Job {
  return {
    name: 'Image',
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
  const attest = (name: string, more = {}): Step => ({
    name,
    if: ONCE,
    uses: pinned('actions/attest'),
    with: {
      'subject-name': '${{ vars.ECR_REPOSITORY_URI }}',
      'subject-digest': '${{ steps.build.outputs.digest }}',
      'push-to-registry': true,
      // A record in the organisation's list of artifacts takes one more permission, and nothing here reads it.
      'create-storage-record': false,
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
    attest('Attest where the image comes from'),
    attest('Attest the list of contents', { 'sbom-path': 'sbom.spdx.json' }),
  ];
}

/**
 * Gives the image `$DIGEST` one more tag in the repository `$ECR_REPOSITORY_URI`, unless it has that.
 *
 * @param tag as a shell writes it
 */
export function tagImage(tag: string): string {
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
