import { type IResolver, type Project, YamlFile } from 'projen';
import { releaseOf } from './action-pins';

/** One step of a job, as GitHub reads it. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Record<string, string | number | boolean>;
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: boolean;
}

/** One job, as GitHub reads it. */
export interface Job {
  readonly name: string;
  readonly needs?: string[];
  readonly if?: string;
  readonly 'runs-on': string;
  readonly 'timeout-minutes': number;
  readonly environment?: string;
  readonly permissions: Record<string, 'read' | 'write'>;
  readonly outputs?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly steps: Step[];
}

/** One workflow, as GitHub reads it. */
export interface Workflow {
  readonly name: string;
  readonly on: Record<string, object>;
  readonly permissions: Record<string, never>;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Record<string, Job>;
}

/** A file below .github/workflows, with the release of each pinned action beside its commit. */
export class WorkflowFile extends YamlFile {
  constructor(project: Project, fileName: string, workflow: Workflow) {
    super(project, `.github/workflows/${fileName}`, { obj: workflow, marker: true, lineWidth: 0 });
  }

  protected override synthesizeContent(resolver: IResolver): string | undefined {
    return super
      .synthesizeContent(resolver)
      ?.replace(/^( *(?:- )?uses: )(\S+)$/gm, (line, _key: string, uses: string) => `${line} # ${releaseOf(uses)}`);
  }
}
