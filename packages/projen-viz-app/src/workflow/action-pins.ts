/**
 * The release of each action that the workflows use, and the commit that it stands for.
 *
 * A tag can be moved to other code, a commit cannot. All of them run on Node 24 or are composed of others that do.
 */
const PINS = {
  'actions/attest': ['v4.1.0', '59d89421af93a897026c735860bf21b6eb4f7b26'],
  'actions/checkout': ['v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'],
  'actions/create-github-app-token': ['v3.1.1', '1b10c78c7865c340bc4f6099eb2f838309f1e8c3'],
  'actions/download-artifact': ['v8.0.1', '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c'],
  'actions/setup-dotnet': ['v6.0.0', 'a98b56852c35b8e3190ac28c8c2271da59106c68'],
  'actions/setup-go': ['v7.0.0', 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e'],
  'actions/setup-java': ['v5.7.0', 'b6effb05e454b25005698d916606bdc6ffcbf961'],
  'actions/setup-node': ['v7.0.0', '820762786026740c76f36085b0efc47a31fe5020'],
  'actions/setup-python': ['v7.0.0', '5fda3b95a4ea91299a34e894583c3862153e4b97'],
  'actions/upload-artifact': ['v7.0.0', 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f'],
  'anchore/sbom-action': ['v0.24.0', 'e22c389904149dbc22b58101806040fa8d37a610'],
  'aws-actions/amazon-ecr-login': ['v2.1.7', '03f1aad4c6c7ffd436567f42f9384779290529bd'],
  'aws-actions/configure-aws-credentials': ['v6.2.3', 'e6de054238d6b7531b4efff3b6587d9aade6a06c'],
  'docker/build-push-action': ['v7.3.0', '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a'],
  'docker/setup-buildx-action': ['v4.3.0', '37fe631027851001ddb9b187196cc803df7f5f0e'],
  'peter-evans/create-pull-request': ['v8.1.1', '5f6978faf089d4d20b00c7766989d076bb2fc7f1'],
} as const satisfies Record<string, readonly [string, string]>;

export type Action = keyof typeof PINS;

/** What `uses:` takes. */
export function pinned(action: Action): string {
  return `${action}@${PINS[action][1]}`;
}

/** The release that a pinned action is, for people who read the workflow. */
export function releaseOf(uses: string): string | undefined {
  return Object.entries(PINS).find(([action, [, commit]]) => uses === `${action}@${commit}`)?.[1][0];
}
