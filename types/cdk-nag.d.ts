import type { PolicyValidationPluginReport } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * What tests use of cdk-nag. Its own declarations import those of all AWS services: a million lines, for this one call, and
 * three quarters of the time that a package's types take to be checked.
 */
export declare class AwsSolutionsChecks {
  validateScope(scope: IConstruct): PolicyValidationPluginReport;
}
