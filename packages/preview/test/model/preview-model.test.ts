import { type Change, changedModel } from '../helpers/assembly';

test('a door that leads to no app is refused', () => {
  const change: Change = ({ Https, ApiRule, PublicRule, MachineRule }) => {
    const nowhere = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } };
    Https.Properties.DefaultActions = [nowhere];
    for (const { Properties } of [ApiRule, PublicRule, MachineRule]) {
      Properties.Actions = [nowhere];
    }
  };
  expect(() => changedModel(change)).toThrow('Resources.Https: no rule of the listener forwards to an app.');
});

describe('what differs from AWS is said', () => {
  // The sign-in is in front of everything but these.
  const PUBLIC = 'The rule PublicRule lets everyone through to the app without signing in.';
  test.each<[string, Change, string[]]>([
    ['nothing more', () => undefined, []],
    [
      'a rule that looks at addresses',
      ({ TeapotRule }) =>
        (TeapotRule.Properties.Conditions = [{ Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }]),
      ['A rule looks at the address of the visitor, which is always this machine in the preview.'],
    ],
    [
      'headers that are not dropped',
      ({ LoadBalancer }) => (LoadBalancer.Properties.LoadBalancerAttributes = []),
      ['The load balancer does not drop invalid header fields: names with an underscore reach the app.'],
    ],
    [
      'a way past the sign-in to the app or a function',
      ({ TeapotRule }) => {
        const groups = ['AppTargets', 'SignOutTargets'].map((Ref) => ({ TargetGroupArn: { Ref } }));
        TeapotRule.Properties.Actions = [{ Type: 'forward', ForwardConfig: { TargetGroups: groups } }];
      },
      ['The rule TeapotRule lets everyone through to the app without signing in.'],
    ],
    [
      'a firewall',
      (resources) => (resources.Firewall = { Type: 'AWS::WAFv2::WebACLAssociation' }),
      ['The web application firewall (WAF) is not part of the preview.'],
    ],
    [
      'a container beside the app',
      ({ Task }) => Task.Properties.ContainerDefinitions.push({ Name: 'proxy' }),
      ['The container proxy beside the app does not run in the preview.'],
    ],
  ])('%s', (_name, change, notes) => {
    expect(changedModel(change).notes).toEqual([PUBLIC, ...notes]);
  });
});
