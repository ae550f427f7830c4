import type { Bindings } from '../bindings';
import type { Registry } from '../registry';

/** What a language's consumer installs from. */
export interface Packages {
  /** The packages for npm. */
  readonly registry: Registry;
  /** The packages for the other languages. */
  readonly bindings: Bindings;
  /** Versions of aws-cdk-lib that the packages accept, newest first. */
  readonly cdkVersions: string[];
  /** Maven's local repository. */
  readonly maven: string;
}

/** Where a consumer left its templates, and what it got. */
export interface Synthesized {
  /** Folder of the cloud assembly. */
  readonly assembly: string;
  /** Version of aws-cdk-lib that was used. */
  readonly cdkVersion: string;
}

/** A program in one language that uses the packages as another team does. */
export interface Language {
  readonly name: string;
  /** What must be on the machine, by the command that tells its version. */
  readonly toolchain: [program: string, ...args: string[]][];
  /**
   * Installs the packages into an empty folder and runs the program there.
   *
   * @param env of every command, the installing ones included
   */
  synth(packages: Packages, folder: string, env: NodeJS.ProcessEnv): Promise<Synthesized>;
}
