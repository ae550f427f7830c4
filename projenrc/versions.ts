/**
 * Versions that were proved to work together, in one place. Why each is pinned as it is stands beside it.
 */
export const versions = {
  /** Oldest Node that the tools of this repository run on. */
  minNode: '20.19.0',
  /** Node of the workflows: npm's trusted publishing needs at least 22.14. */
  workflowNode: '24',
  workflowPython: '3.13',
  /** What the workflows pack with for the other languages. */
  workflowJava: '21',
  workflowGo: '1.26',
  workflowDotnet: '10.0.x',
  /** Builds the Python package that is not generated. */
  pythonBuild: '1.6.1',
  /** Asks PyPI for known vulnerabilities. */
  pipAudit: '2.10.1',
  /** Makes lock files of Python packages. */
  uv: '0.13.9',
  /** Oldest Python that the dashboard runs on. */
  minPython: '3.11',
  projen: '0.103.25',
  cdkLib: '2.276.0',
  constructs: '10.8.1',
  /**
   * Oldest that the constructs work with: before, aws-cdk-lib refuses the ids of findings that cdk-nag gives and that the
   * constructs acknowledge (`AwsSolutions-IAM5[Resource::*]`). consumers/test/floor.test.ts holds it to that.
   */
  cdkLibFloor: '2.269.0',
  /** Oldest that this aws-cdk-lib works with. */
  constructsFloor: '10.5.0',
  /** npm's `latest` (3.0.0) is an old build that cannot read the assemblies of today's aws-cdk-lib. */
  cdkCli: '^2.1148.1',
  jsii: '~6.0.16',
  jsiiPacmak: '^1.140.0',
  jsiiDiff: '^1.134.0',
  /** jsii 6 compiles with TypeScript 6; TypeScript 7 has no compiler API that it could use. */
  typescript: '~6.0.3',
} as const;
