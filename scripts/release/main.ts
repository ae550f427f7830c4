/**
 * The steps of a release, one command each. docs/releases.md says how they make one.
 *
 *   npm run release:bump               turns what is unreleased in CHANGELOG.md into the next version's section
 *   npm run release:bump -- --dry-run  says what it would do
 *   npm run release:stamp              writes the version that CHANGELOG.md names into everything that is published
 *   npm run release:notes              prints what CHANGELOG.md says of that version
 *   npm run release:pack               packs everything into dist/, for every language
 *   npm run release:pack -- js python  only for these: js, python, java, dotnet, go
 *   npm run audit                      asks npm for known vulnerabilities in what users of the packages run
 *   npm run compat                     compares the public APIs with those that are published
 *   npm run compat -- PACKAGE...       only those of these packages
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditRuntime } from './audit';
import { cutRelease, newestRelease, type ReleasedSection } from './changelog';
import { checkCompatibility } from './compat';
import { isTagged, readHistory } from './history';
import { LANGUAGES, type Language, packAll } from './pack';
import { Problem } from './problem';
import { stamp } from './stamp';
import { nextVersion } from './version';

const repository = join(__dirname, '..', '..');
const changelogFile = join(repository, 'CHANGELOG.md');

const commands: Record<string, (args: string[]) => void | Promise<void>> = {
  async bump(args) {
    const dryRun = isGiven('--dry-run', args);
    const changelog = readFileSync(changelogFile, 'utf8');
    const pending = newestRelease(changelog)?.version;
    if (pending && !isTagged(repository, pending)) {
      throw new Problem(
        `${pending} is in CHANGELOG.md and not published yet: merge it first, or run "git fetch --tags" if it is published.`,
      );
    }
    const { last, changes } = await readHistory(repository);
    const next = nextVersion(last, changes);
    if (!next) {
      throw new Problem(
        `Nothing to release: none of the ${changes.length} commits since ${last ?? 'the first'} is a feature or a fix.`,
      );
    }
    const cut = cutRelease(changelog, next, new Date().toISOString().slice(0, 10));
    console.log(`${last ?? 'nothing'} -> ${next}\n\n${newestRelease(cut)?.notes}\n`);
    if (dryRun) {
      console.log('Nothing was written: this was a dry run.');
      return;
    }
    writeFileSync(changelogFile, cut);
    console.log(`CHANGELOG.md has it. Commit it as "chore(release): ${next}" and open a pull request.`);
  },
  stamp(args) {
    refuseAll(args);
    const { version } = newest();
    console.log(`${version}\n${stamp(repository, version).join('\n')}`);
  },
  notes(args) {
    refuseAll(args);
    console.log(newest().notes);
  },
  pack(args) {
    packAll(repository, args.length > 0 ? args.map(toLanguage) : LANGUAGES);
  },
  audit(args) {
    refuseAll(args);
    const found = auditRuntime(repository);
    if (found.length > 0) {
      throw new Problem(found.join('\n'));
    }
    console.log('No known vulnerability in what users of the packages run.');
  },
  async compat(args) {
    const { last, changes } = await readHistory(repository);
    const pending = newestRelease(readFileSync(changelogFile, 'utf8'))?.version;
    const failures = checkCompatibility(repository, { last, changes, pending }, args);
    if (failures.length > 0) {
      throw new Problem(failures.join('\n'));
    }
  },
};

function newest(): ReleasedSection {
  const release = newestRelease(readFileSync(changelogFile, 'utf8'));
  if (!release) {
    throw new Problem('CHANGELOG.md names no release yet: run "npm run release:bump" first.');
  }
  return release;
}

function isGiven(option: string, args: string[]): boolean {
  refuseAll(args.filter((arg) => arg !== option));
  return args.includes(option);
}

function toLanguage(word: string): Language {
  const language = LANGUAGES.find((each) => each === word);
  if (!language) {
    throw new Problem(`'${word}' is no language to pack for: choose ${LANGUAGES.join(', ')}.`);
  }
  return language;
}

function refuseAll([unknown]: string[]) {
  if (unknown !== undefined) {
    throw new Problem(`'${unknown}' is no option of this step: see the top of scripts/release/main.ts.`);
  }
}

async function main([name = '', ...args]: string[]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    throw new Problem(`The steps of a release are ${Object.keys(commands).join(', ')}, got: ${name || 'none'}.`);
  }
  await command(args);
}

main(process.argv.slice(2)).catch((error: Error) => {
  // Anything else than a Problem is a bug, and its stack says where.
  console.error(error instanceof Problem ? error.message : error);
  process.exitCode = 1;
});
