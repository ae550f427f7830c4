import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateRefusal } from '../errors';
import { integer, object, objects, strings } from '../model/properties';
import type { Resolver } from '../template/resolver';
import { FUNCTION } from '../template/types';

/** A Lambda function of the template, as it can be run on this machine. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** Folder with the unpacked code. */
  readonly directory: string;
  readonly handler: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
}

/**
 * Finds the code of a function in the assembly and reads its settings.
 *
 * @param newFolder makes a folder for code that is written into the template itself
 */
export function readFunction(resolver: Resolver, logicalId: string, newFolder: () => string): FunctionDefinition {
  const path = `Resources.${logicalId}.Properties`;
  const properties = resolver.resource(logicalId, FUNCTION, path).Properties ?? {};
  const text = (name: string) => resolver.string(properties[name], `${path}.${name}`);
  if (!/^nodejs\d+\.x$/.test(String(properties.Runtime))) {
    throw new TemplateRefusal(
      `${path}.Runtime`,
      `the preview runs Node.js functions only, got: ${String(properties.Runtime)}`,
    );
  }
  if (
    objects(properties.FileSystemConfigs, path).length > 0 ||
    strings(resolver.value(properties.Layers, path), path).length > 0
  ) {
    throw new TemplateRefusal(path, 'the preview runs no function with layers or file systems');
  }
  const environment = object(properties.Environment ?? {}, `${path}.Environment`).Variables ?? {};
  return {
    name: String(resolver.ref(logicalId, path)),
    arn: String(resolver.getAtt([logicalId, 'Arn'], path)),
    region: resolver.stack.region,
    directory: findCode(resolver, object(properties.Code, `${path}.Code`), `${path}.Code`, newFolder),
    handler: text('Handler'),
    environment: new Map(
      Object.entries(object(environment, `${path}.Environment.Variables`)).map(([name, value]) => [
        name,
        resolver.string(value, `${path}.Environment.Variables.${name}`),
      ]),
    ),
    timeoutSeconds: integer(properties.Timeout ?? 3, `${path}.Timeout`),
    memoryMiB: integer(properties.MemorySize ?? 128, `${path}.MemorySize`),
  };
}

function findCode(
  resolver: Resolver,
  code: Readonly<Record<string, unknown>>,
  path: string,
  newFolder: () => string,
): string {
  if (code.ZipFile !== undefined) {
    // Code written into the template itself becomes a folder like any other.
    const directory = newFolder();
    writeFileSync(join(directory, 'index.js'), resolver.string(code.ZipFile, `${path}.ZipFile`));
    return directory;
  }
  const key = resolver.string(code.S3Key, `${path}.S3Key`);
  const asset = resolver.stack.assets.get(key);
  if (asset?.packaging !== 'zip' || !existsSync(asset.path)) {
    throw new TemplateRefusal(`${path}.S3Key`, `the app has no folder for the asset ${key}. Run 'cdk synth' again`);
  }
  return asset.path;
}
