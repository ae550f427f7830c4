import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PreviewError } from '../errors';
import type { Template } from '../template/types';

/** One stack of a synthesized app. */
export interface AssemblyStack {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly template: Template;
  /** Bundled files of the stack, by the object key that the template names: the folder on this machine. */
  readonly assets: ReadonlyMap<string, { readonly path: string; readonly packaging: string }>;
}

/** A synthesized CDK app: the content of its `cdk.out`. */
export interface CloudAssembly {
  readonly directory: string;
  readonly stacks: readonly AssemblyStack[];
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: string[];
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string };
}

/** Stands in for account and region when the app leaves them open until it is deployed. */
const UNKNOWN_ACCOUNT = '000000000000';
const UNKNOWN_REGION = 'us-east-1';

/**
 * Reads a `cdk.out` folder.
 *
 * Plain JSON instead of `@aws-cdk/cloud-assembly-api`: that library refuses an assembly written by a newer CDK than
 * itself, while the four fields that are read here have not changed since 2019.
 */
export function readCloudAssembly(directory: string): CloudAssembly {
  const manifest = readJson(join(directory, 'manifest.json'), directory) as { artifacts?: Record<string, Artifact> };
  const artifacts = Object.entries(manifest.artifacts ?? {});
  const stacks = artifacts
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]): AssemblyStack => {
      const [account, region] = (artifact.environment ?? '').replace('aws://', '').split('/');
      const manifests = (artifact.dependencies ?? [])
        .map((dependency) => manifest.artifacts?.[dependency])
        .filter((dependency): dependency is Artifact => dependency?.type === 'cdk:asset-manifest');
      return {
        name: artifact.properties?.stackName ?? artifact.displayName ?? id,
        account: account && account !== 'unknown-account' ? account : UNKNOWN_ACCOUNT,
        region: region && region !== 'unknown-region' ? region : UNKNOWN_REGION,
        template: readJson(join(directory, artifact.properties?.templateFile ?? ''), directory) as Template,
        assets: new Map(manifests.flatMap((assets) => readAssets(directory, assets.properties?.file ?? ''))),
      };
    });
  return { directory, stacks };
}

/** The stack of that name, or a sentence that lists the names there are. */
export function findStack(assembly: CloudAssembly, name: string): AssemblyStack {
  const found = assembly.stacks.find((stack) => stack.name === name);
  if (!found) {
    const names = assembly.stacks.map((stack) => stack.name).join(', ') || 'none';
    throw new PreviewError(
      'usage',
      `'--stack' must be a stack of ${assembly.directory}, got: ${name}. It has: ${names}.`,
    );
  }
  return found;
}

interface AssetManifest {
  readonly files?: Record<
    string,
    { source: { path?: string; packaging?: string }; destinations: Record<string, { objectKey: string }> }
  >;
}

function readAssets(directory: string, file: string) {
  const manifest = readJson(join(directory, file), directory) as AssetManifest;
  return Object.values(manifest.files ?? {}).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ objectKey }) =>
        [objectKey, { path: join(directory, source.path ?? ''), packaging: source.packaging ?? 'file' }] as const,
    ),
  );
}

function readJson(file: string, directory: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PreviewError(
      'usage',
      `'--app' must be a synthesized CDK app (a cdk.out folder), got: ${directory}. Run 'cdk synth' first.`,
      { cause },
    );
  }
}
