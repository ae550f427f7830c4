import { join } from 'node:path';
import { type CloudAssembly, findStack, readCloudAssembly } from '../../src/assembly/cloud-assembly';
import { type PreviewModel, readPreviewModel } from '../../src/model/preview-model';

export const ASSEMBLY = join(__dirname, '..', 'fixtures', 'assembly');
export const APP = join(__dirname, '..', 'fixtures', 'app');
export const STACK = 'FixtureViz';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into the template as they like.
export type Json = any;
export type Change = (resources: Json, template: Json) => void;

/** The fixture app with a change to its template. */
export function changedAssembly(change: Change): CloudAssembly {
  const assembly = readCloudAssembly(ASSEMBLY);
  const stack = findStack(assembly, STACK);
  change(stack.template.Resources, stack.template);
  return assembly;
}

/** What the preview reads from the fixture with a change to its template. */
export function changedModel(change: Change = () => undefined, env: Record<string, string> = {}): PreviewModel {
  const assembly = changedAssembly(change);
  return readPreviewModel(assembly, findStack(assembly, STACK), new Map(Object.entries(env)));
}
