import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { CognitoAlbAuth } from '../../../../packages/cognito-alb-auth/src';
import { anyChoice, propsOf } from '../../../../packages/cognito-alb-auth/test/any-props';
import { findStack, readCloudAssembly } from '../../../../packages/preview/src/assembly/cloud-assembly';
import { readPreviewModel } from '../../../../packages/preview/src/model/preview-model';

jest.setTimeout(300_000);

test('whatever door the construct makes, the preview knows every action, condition and option of it', () => {
  process.env.CDK_VALIDATION = 'false';
  fc.assert(
    fc.property(anyChoice, (choice) => {
      const outdir = mkdtempSync(join(tmpdir(), 'every-door-'));
      try {
        const stack = new Stack(new App({ outdir }), 'Viz', { env: { account: '111122223333', region: 'eu-west-1' } });
        const props = propsOf(stack, { ...choice, target: 'service' });
        new CognitoAlbAuth(stack, 'Auth', props);
        const { template } = (stack.node.root as App).synth().getStackByName('Viz');
        const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
        const assembly = readCloudAssembly(outdir);

        const { door, machines, companies } = readPreviewModel(assembly, findStack(assembly, 'Viz'), new Map());

        const rules = types.filter((type) => type === 'AWS::ElasticLoadBalancingV2::ListenerRule');
        expect(door.rules).toHaveLength(rules.length + 1);
        expect(machines).toHaveLength(choice.machines?.clients.length ?? 0);
        expect(companies).toHaveLength(choice.providers.length);
      } finally {
        rmSync(outdir, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
});
