import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { UserError } from '../../domain/errors.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { findingLine } from '../../search/rules/ruleFinding.js';
import { openCurrentIndex } from '../../service/live/openCurrentIndex.js';
import { countFindings } from '../../service/rules/openRules.js';
import { publishRules, rollBackRules, rulesVersion } from '../../service/rules/publishRules.js';
import type { RulesNow } from '../../service/rules/ruleBook.js';
import { openStore, type Store } from '../../store/open.js';
import { openReadOnly } from '../../store/openReadOnly.js';
import { type CommonOptions, wholeNumber } from '../options.js';
import { rulesFile } from '../rulesFile.js';
import { openTerminal, type Terminal } from '../terminal.js';
import { addRulesPreview } from './rulesPreview.js';

interface PublishFlags extends CommonOptions {
  readonly by: string;
  readonly note?: string;
  readonly ifVersion?: number;
}

export function addRules(program: Command): void {
  const rules = program
    .command('rules')
    .description('manage merchandising rules: pin, hide and boost products');
  rules
    .command('list', { isDefault: true })
    .description('list the published versions, newest first')
    .action((flags: CommonOptions) =>
      withCatalog(openReadOnly(flags.data), flags, (store, _, terminal) => {
        const versions = store.published.list('rules');
        terminal.result({ versions }, [
          ...versions.map(
            ({ version, at, by, note }, index) =>
              `${index === 0 ? '*' : ' '} ${version}  ${at}  ${by}${note === '' ? '' : `  ${note}`}`,
          ),
          ...(versions.length === 0 ? ['No rules yet. Next: shelfwright rules publish <file>'] : []),
        ]);
      }),
    );
  rules
    .command('show')
    .description('print the rules of a version (default: the current one)')
    .argument('[version]', 'its number, from list', wholeNumber('<version>', 0, 2 ** 50))
    .action((version: number | undefined, flags: CommonOptions) =>
      withCatalog(openReadOnly(flags.data), flags, (store, _, terminal) => {
        const wanted = version ?? store.published.version('rules');
        const found = rulesVersion(store, wanted);
        if (found === undefined)
          throw new UserError(
            `There is no version ${wanted} of the rules; shelfwright rules list lists all versions.`,
          );
        terminal.result(found, [found.text.trimEnd()]);
      }),
    );
  rules
    .command('lint')
    .description('check rules, also against the catalog if there is an index; exit code 1 for errors')
    .argument('<file>', 'rules as YAML or JSON')
    .action(async (file: string, flags: CommonOptions) => {
      const text = await rulesFile(file);
      await withCatalog(openReadOnly(flags.data), flags, (_, catalog, terminal) => {
        const linted = countFindings(text, catalog);
        terminal.result(linted, [
          ...linted.findings.map((finding) => findingLine(finding, file)),
          `${file}: ${linted.errors} errors, ${linted.warnings} warnings.`,
        ]);
        if (linted.errors > 0) process.exitCode = 1;
      });
    });
  publishing(rules.command('publish'))
    .description('publish rules as the next version; they apply from the next search')
    .argument('<file>', 'rules as YAML or JSON')
    .action(async (file: string, flags: PublishFlags) => {
      const text = await rulesFile(file);
      await withCatalog(openStore(flags.data), flags, (store, catalog, terminal) =>
        printPublished(terminal, publishRules(store, catalog, text, publishingOf(flags)), file),
      );
    });
  publishing(rules.command('rollback'))
    .description('publish an old version again, as the next version')
    .argument('<version>', 'its number; 0 for no rules', wholeNumber('<version>', 0, 2 ** 50))
    .action((version: number, flags: PublishFlags) =>
      withCatalog(openStore(flags.data), flags, (store, catalog, terminal) =>
        printPublished(terminal, rollBackRules(store, catalog, version, publishingOf(flags)), undefined),
      ),
    );
  addRulesPreview(rules);
}

function publishing(command: Command): Command {
  return command
    .option('--by <name>', 'who publishes', userInfo().username)
    .option('--note <text>', 'a note for the list of versions')
    .option(
      '--if-version <n>',
      'fail if another version is current',
      wholeNumber('--if-version', 0, 2 ** 50),
    );
}

function publishingOf({ by, note, ifVersion }: PublishFlags) {
  return { by, note, if_version: ifVersion };
}

function printPublished(terminal: Terminal, published: RulesNow, file: string | undefined): void {
  terminal.result(published, [
    ...published.findings.map((finding) => findingLine(finding, file)),
    `Version ${published.version} of the rules is current${published.note === '' ? '' : ` (${published.note})`}. To undo: shelfwright rules rollback ${published.version - 1}`,
  ]);
}

async function withCatalog(
  store: Store,
  flags: CommonOptions,
  work: (store: Store, catalog: LiveIndex | undefined, terminal: Terminal) => void,
): Promise<void> {
  try {
    const catalog = await openCurrentIndex(flags.indexes, store);
    try {
      work(store, catalog, openTerminal(flags));
    } finally {
      catalog?.close();
    }
  } finally {
    store.close();
  }
}
