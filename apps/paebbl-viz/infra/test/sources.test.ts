import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage, Ec2TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { makeApp } from '../app';
import { AthenaAccess, type AthenaSettings } from '../athena-access';
import { config } from '../config';
import { SharePointAccess, type SharePointSettings } from '../sharepoint-access';

const file = {
  tenantId: 'tenant-id',
  clientId: 'client-id',
  site: 'contoso.sharepoint.com:/sites/lab',
  file: 'runs.csv',
};
const runs = { database: 'lab', table: 'runs', bucketName: 'lab-data', folder: 'runs/', scanLimitGiB: 5 };

/** A task with the sources that are asked for, and nothing else. */
function task({ sharePoint, athena }: { sharePoint?: SharePointSettings; athena?: AthenaSettings }) {
  const stack = new Stack(new App(), 'Sources', { env: { region: 'us-east-1' } });
  const container = new Ec2TaskDefinition(stack, 'Task').addContainer('app', {
    image: ContainerImage.fromRegistry('app'),
    memoryLimitMiB: 512,
  });
  if (sharePoint) {
    new SharePointAccess(stack, 'SharePoint', sharePoint).give(container);
  }
  if (athena) {
    const answers = new Bucket(stack, 'Answers', { bucketName: 'answers' });
    new AthenaAccess(stack, 'Athena', { settings: athena, answers }).give(container);
  }
  return { template: Template.fromStack(stack) };
}

function statements(template: Template): { Action: string | string[]; Resource: unknown; Condition?: unknown }[] {
  return Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
}

function environment(template: Template): Record<string, unknown> {
  const [{ Properties }] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  const variables: { Name: string; Value: unknown }[] = Properties.ContainerDefinitions[0].Environment ?? [];
  return Object.fromEntries(variables.map(({ Name, Value }) => [Name, Value]));
}

describe('SharePoint', () => {
  test('the task may ask for a token for Entra ID, and for no other audience', () => {
    expect(statements(task({ sharePoint: file }).template)).toEqual([
      expect.objectContaining({
        Action: 'sts:GetWebIdentityToken',
        Resource: '*',
        Condition: {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['api://AzureADTokenExchange'] },
          Null: { 'sts:IdentityTokenAudience': 'false' },
        },
      }),
    ]);
  });

  test('a national cloud has other addresses, and another name in tokens', () => {
    const cloud = {
      graphUrl: 'https://graph.microsoft.us/v1.0',
      loginUrl: 'https://login.microsoftonline.us',
      audience: 'api://AzureADTokenExchangeUSGov',
    };
    const { template } = task({ sharePoint: { ...file, ...cloud } });

    expect(statements(template)[0].Condition).toMatchObject({
      'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['api://AzureADTokenExchangeUSGov'] },
    });
    expect(environment(template)).toMatchObject({
      PAEBBL_GRAPH_URL: cloud.graphUrl,
      PAEBBL_ENTRA_LOGIN: cloud.loginUrl,
      PAEBBL_ENTRA_AUDIENCE: cloud.audience,
    });
  });

  test('the dashboard is told where the file is', () => {
    expect(environment(task({ sharePoint: { ...file, drive: 'library' } }).template)).toEqual({
      PAEBBL_SHAREPOINT_TENANT: 'tenant-id',
      PAEBBL_SHAREPOINT_CLIENT_ID: 'client-id',
      PAEBBL_SHAREPOINT_SITE: 'contoso.sharepoint.com:/sites/lab',
      PAEBBL_SHAREPOINT_FILE: 'runs.csv',
      PAEBBL_SHAREPOINT_DRIVE: 'library',
    });
  });

  test.each([
    ['certificateSecretName', 'PAEBBL_SHAREPOINT_CERTIFICATE_SECRET'],
    ['clientSecretName', 'PAEBBL_SHAREPOINT_CLIENT_SECRET'],
  ])('a secret that is named with %s can be read, and no other one', (option, variable) => {
    const { template } = task({ sharePoint: { ...file, [option]: 'viz/entra' } });
    const [{ Resource }] = statements(template).filter(({ Action }) =>
      [Action].flat().includes('secretsmanager:GetSecretValue'),
    );

    expect(JSON.stringify(Resource)).toMatch(/:secret:viz\/entra-\?\?\?\?\?\?"/);
    expect(environment(template)[variable]).toBe('viz/entra');
  });
});

describe('Athena', () => {
  test('its workgroup stops a query at the limit of scanned data, and keeps answers encrypted below athena/', () => {
    const { template } = task({ athena: runs });
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 5 * 1024 ** 3,
        ResultConfiguration: {
          OutputLocation: Match.anyValue(),
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
      },
    });
    expect(JSON.stringify(template.findResources('AWS::Athena::WorkGroup'))).toContain('/athena/"');
  });

  test('the task may run queries in that workgroup', () => {
    const { template } = task({ athena: runs });
    const [{ Resource }] = statements(template).filter(({ Action }) =>
      [Action].flat().includes('athena:StartQueryExecution'),
    );

    expect(JSON.stringify(Resource)).toContain(':workgroup/paebbl-viz"');
  });

  test('the task may look up that table only', () => {
    const { template } = task({ athena: runs });
    const [{ Action, Resource }] = statements(template).filter(({ Action }) =>
      [Action].flat().includes('glue:GetTable'),
    );

    expect(Action).toEqual(['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions']);
    expect(
      [Resource].flat().map((resource) => JSON.stringify(resource).match(/:(catalog|database|table).*?(?=")/)?.[0]),
    ).toEqual([':catalog', ':database/lab', ':table/lab/runs']);
  });

  test('the task may look up the database at which Athena looks before every query, and nothing in it', () => {
    const found = statements(task({ athena: runs }).template).filter(({ Resource }) =>
      JSON.stringify(Resource).includes(':database/default"'),
    );

    expect(found.map(({ Action }) => Action)).toEqual(['glue:GetDatabase']);
    expect(JSON.stringify(found[0].Resource)).toContain(':catalog"');
  });

  test("the task reads the table's files and writes nothing but answers", () => {
    const written = statements(task({ athena: runs }).template).filter(({ Action }) =>
      [Action].flat().some((action) => /^s3:(Put|Delete|Abort)/.test(action)),
    );
    const read = statements(task({ athena: runs }).template).filter(({ Action }) =>
      [Action].flat().includes('s3:GetObject*'),
    );

    expect(written).toHaveLength(1);
    expect(JSON.stringify(written[0].Resource)).not.toContain('lab-data');
    expect(JSON.stringify(read)).toContain(':s3:::lab-data/runs/*');
  });

  test('the dashboard is told what to ask', () => {
    const athena = { ...runs, columns: ['a', 'b'], timeColumn: 't', days: 90, mostRows: 500_000, minutes: 15 };

    expect(environment(task({ athena }).template)).toEqual({
      PAEBBL_ATHENA_TABLE: 'lab.runs',
      PAEBBL_ATHENA_COLUMNS: 'a,b',
      PAEBBL_ATHENA_TIME_COLUMN: 't',
      PAEBBL_ATHENA_DAYS: '90',
      PAEBBL_ATHENA_ROWS: '500000',
      PAEBBL_ATHENA_MINUTES: '15',
      PAEBBL_ATHENA_WORKGROUP: 'paebbl-viz',
    });
    expect(environment(task({ athena: { ...runs, sql: 'SELECT 1' } }).template)).toEqual({
      PAEBBL_ATHENA_SQL: 'SELECT 1',
      PAEBBL_ATHENA_DATABASE: 'lab',
      PAEBBL_ATHENA_WORKGROUP: 'paebbl-viz',
    });
  });

  test('days without a time column are refused', () => {
    expect(() => task({ athena: { ...runs, days: 3 } })).toThrow("'timeColumn' must be set with 'days', got: days 3");
  });
});

test('cdk-nag finds nothing in the dashboard with both that is not explained where it is acknowledged', () => {
  const sharePoint = { ...file, certificateSecretName: 'viz/certificate', clientSecretName: 'viz/secret' };
  const configured = [
    jest.replaceProperty(config.data, 'sharePoint', sharePoint),
    jest.replaceProperty(config.data, 'athena', runs),
  ];
  const app = makeApp();
  for (const property of configured) {
    property.restore();
  }
  const { violations } = new AwsSolutionsChecks().validateScope(app);

  expect(violations.map(({ ruleName, violatingResources }) => [ruleName, violatingResources])).toEqual([]);
  Template.fromStack(app.node.findChild('PaebblViz') as Stack).resourceCountIs('AWS::Athena::WorkGroup', 1);
});

test('without them the dashboard gets no right to ask Entra ID, Athena or Glue', () => {
  const viz = Template.fromStack(makeApp().node.findChild('PaebblViz') as Stack);

  expect(JSON.stringify(statements(viz))).not.toMatch(/sts:GetWebIdentityToken|athena:|glue:/);
  viz.resourceCountIs('AWS::Athena::WorkGroup', 0);
});

test('the dashboard knows its region, which EC2 does not tell containers', () => {
  const viz = Template.fromStack(makeApp().node.findChild('PaebblViz') as Stack);

  viz.hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [
      Match.objectLike({ Environment: Match.arrayWith([{ Name: 'AWS_DEFAULT_REGION', Value: 'us-east-1' }]) }),
    ],
  });
});
