import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { EcrPipeline, type EcrPipelineProps } from '../src';
import { source } from './stack';

const make = (props: Partial<EcrPipelineProps>) => () =>
  new EcrPipeline(new Stack(new App(), 'Test'), 'Pipeline', { source, ...props });

test.each<[string, Partial<EcrPipelineProps>, string]>([
  ['a repository name in capitals', { repositoryName: 'Paebbl' }, "'repositoryName' must have 2 to 256 lower-case"],
  ['a repository name with two dots', { repositoryName: 'a..b' }, "'repositoryName' must"],
  ['a repository name of one letter', { repositoryName: 'a' }, "'repositoryName' must"],
  ['any owner', { source: { ...source, owner: '*' } }, "'source.owner' must be the name of one GitHub owner, got: *"],
  [
    'any repository',
    { source: { ...source, repository: '*' } },
    "'source.repository' must be the name of one repository",
  ],
  ['owner and repository in one', { source: { ...source, repository: 'a/b' } }, "'source.repository' must"],
  ['any branch', { source: { ...source, branch: '*' } }, "'source.branch' must be the name of one branch"],
  ['a pattern of branches', { source: { ...source, branch: 'release/*' } }, "'source.branch' must"],
  ['a ref instead of a branch', { source: { ...source, branch: 'refs/heads/main' } }, "'source.branch' must"],
  ['any environment', { source: { ...source, branch: undefined, environment: '*' } }, "'source.environment' must"],
  [
    'neither branch nor environment',
    { source: { owner: 'paebbl', repository: 'app' } },
    "'source' must have a 'branch' or an 'environment'",
  ],
  ['any owner id', { source: { ...source, ownerId: '*', repositoryId: '1' } }, "'source.ownerId' must be the number"],
  [
    'any repository id',
    { source: { ...source, ownerId: '1', repositoryId: '*' } },
    "'source.repositoryId' must be the",
  ],
  ['one id without the other', { source: { ...source, ownerId: '1' } }, "'source.ownerId' must come together with"],
  ['a parameter without a slash', { releasedImageParameterName: 'image' }, "'releasedImageParameterName' must start"],
  ["a parameter in AWS's own place", { releasedImageParameterName: '/aws/image' }, "'releasedImageParameterName' must"],
  [
    'no released images',
    { releasedImagesKept: 0 },
    "'releasedImagesKept' must be a whole number from 1 to 10000, got: 0",
  ],
  ['an age in hours', { untaggedExpireAfter: Duration.hours(3) }, "'untaggedExpireAfter' must be a whole number"],
  ['all tags mutable', { mutableTags: ['*'] }, "'mutableTags' must leave out commit SHAs and released images"],
  ['released tags mutable', { mutableTags: ['rel*'] }, "'mutableTags' must leave out commit SHAs and released images"],
  ['too many patterns', { mutableTags: ['a', 'b', 'c', 'd', 'e'] }, "'mutableTags' must have at most 4 patterns"],
  ['an account of 11 digits', { pullAccounts: ['11112222333'] }, "'pullAccounts' must hold account ids of 12 digits"],
  ['a region that is none', { replicateTo: [{ region: 'ireland' }] }, "'replicateTo.region' must be a region"],
])('%s is refused at synth', (_name, props, message) => {
  expect(make(props)).toThrow(message);
});

test('nothing is created when a prop is refused', () => {
  const stack = new Stack(new App(), 'Test');
  expect(() => new EcrPipeline(stack, 'Pipeline', { source, repositoryName: 'A' })).toThrow();
  expect(stack.node.findChild('Pipeline').node.children).toEqual([]);
});
