import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Aws } from './calls';

/** Says which image is live, for the next `cdk deploy`. */
export async function writeReleasedImage(aws: Aws, parameter: string, image: string): Promise<void> {
  await aws.call('ssm:PutParameter', ({ ssm }, options) =>
    ssm.send(new PutParameterCommand({ Name: parameter, Value: image, Overwrite: true }), options),
  );
}
