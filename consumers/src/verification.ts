import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, Packages } from './languages/language';
import { root } from './workspace';

/** What came of a language. */
export interface Row {
  readonly language: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  /** Version of aws-cdk-lib that was used. */
  readonly cdk?: string;
  readonly note: string;
}

/** The stacks that every consumer synthesizes. */
const stacks = ['PaebblPipeline', 'PaebblViz'];

interface Result {
  readonly templates: string[];
  readonly cdkVersion: string;
}

/** Compares what languages synthesize with what one of them does. */
export class Verification {
  private readonly references = new Map<string, Promise<Result>>();

  /**
   * @param reference the language that the others are compared with
   * @param folder where consumers get their empty folders
   * @param env of their commands
   */
  constructor(
    private readonly reference: Language,
    private readonly packages: Packages,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** A language whose tools are missing is skipped with a sentence, and fails where `CI` is set. */
  public async verify(language: Language): Promise<Row> {
    const { name, toolchain } = language;
    const missing = missingTool(toolchain);
    if (missing) {
      const note = `'${missing}' must succeed to verify ${name}: install it.`;
      return { language: name, verdict: process.env.CI ? 'failed' : 'skipped', note };
    }
    try {
      return language === this.reference ? await this.verifyReference() : await this.compare(language);
    } catch (error) {
      return { language: name, verdict: 'failed', note: (error as Error).message };
    }
  }

  private async verifyReference(): Promise<Row> {
    const { cdkVersion } = await this.expected(this.packages.cdkVersions[0]);
    const note = 'what the others must equal';
    return { language: this.reference.name, verdict: 'passed', cdk: cdkVersion, note };
  }

  private async compare(language: Language): Promise<Row> {
    const { templates, cdkVersion } = await this.synth(language, language.name);
    const [newest] = this.packages.cdkVersions;
    // Indexes get a version one after the other. Two versions of aws-cdk-lib may make two templates of the same app.
    for (const version of new Set([newest, cdkVersion])) {
      const expected = await this.expected(version);
      if (stacks.every((_stack, index) => templates[index] === expected.templates[index])) {
        const note = version === newest ? 'the same templates' : `the same templates as with aws-cdk-lib ${version}`;
        return { language: language.name, verdict: 'passed', cdk: cdkVersion, note };
      }
    }
    const expected = await this.expected(cdkVersion);
    const different = stacks.filter((_stack, index) => templates[index] !== expected.templates[index]);
    const note = `other templates than ${this.reference.name}: ${different.join(', ')}`;
    return { language: language.name, verdict: 'failed', cdk: cdkVersion, note };
  }

  /** What the reference synthesizes with a version of aws-cdk-lib. */
  private expected(version: string): Promise<Result> {
    const known =
      this.references.get(version) ??
      this.synth(this.reference, `${this.reference.name}-${version}`, { ...this.packages, cdkVersions: [version] });
    this.references.set(version, known);
    return known;
  }

  private async synth(language: Language, name: string, packages = this.packages): Promise<Result> {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    const { assembly, cdkVersion } = await language.synth(packages, folder, {
      ...this.env,
      CDK_OUTDIR: join(folder, 'cdk.out'),
    });
    const templates = stacks.map((stack) => readFileSync(join(assembly, `${stack}.template.json`), 'utf8'));
    return { templates, cdkVersion };
  }
}

/** The first command of a toolchain that does not succeed on this machine. */
export function missingTool(toolchain: Language['toolchain']): string | undefined {
  const missing = toolchain.find(([program, ...args]) => spawnSync(program, args).status !== 0);
  return missing?.join(' ');
}

/** What the CDK's command-line tool would tell a program: today's behaviour. And what is not verified here. */
export function consumerEnvironment(): NodeJS.ProcessEnv {
  const flags = readFileSync(join(root, 'node_modules/aws-cdk-lib/recommended-feature-flags.json'), 'utf8');
  return {
    ...process.env,
    CDK_CONTEXT_JSON: JSON.stringify(JSON.parse(flags)),
    // One team's Node may be older than those that jsii names.
    JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
  };
}
