import { type Command, Option } from 'commander';
import { type ApiKey, type Scope, scopes } from '../../domain/apiKey.js';
import { makeKey, revokeKey } from '../../service/apiKeys.js';
import type { CommonOptions } from '../options.js';
import { withStore, withStoreToRead } from '../withStore.js';

interface CreateFlags extends CommonOptions {
  readonly scope: Scope;
  readonly name: string;
  readonly filter?: string;
}

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('who may use the service; changes count at once');
  keys
    .command('list', { isDefault: true })
    .description('the keys, without their secrets')
    .action((flags: CommonOptions) =>
      withStoreToRead(flags, (store, terminal) => {
        const list = store.keys.list();
        terminal.result(
          list,
          list.length === 0
            ? [
                'No key yet, so the service listens on loopback only and asks nobody. shelfwright keys create makes one.',
              ]
            : list.map(line),
        );
      }),
    );
  keys
    .command('create')
    .description('make a key and print it, this once')
    .addOption(
      new Option('--scope <scope>', 'what it may do; each takes in those before it')
        .choices(scopes)
        .default('search'),
    )
    .option('--name <name>', 'whose it is, to tell it by', '')
    .option('--filter <filter>', "the only products it sees, such as availability = 'in stock'")
    .action((flags: CreateFlags) =>
      withStore(flags, (store, terminal) => {
        const { key, token } = makeKey(store, { name: flags.name, scope: flags.scope, filter: flags.filter });
        terminal.result({ ...key, key: token }, [
          token,
          `Keep it now: it is not shown again. It may ${key.scope}; shelfwright keys revoke ${key.id} ends it.`,
        ]);
      }),
    );
  keys
    .command('revoke <id>')
    .description('end a key')
    .action((id: string, flags: CommonOptions) =>
      withStore(flags, (store, terminal) => {
        revokeKey(store, id);
        terminal.result({ revoked: id }, [`Key ${id} is refused from now on.`]);
      }),
    );
}

function line({ id, name, scope, filter, created, revoked }: ApiKey): string {
  const state = revoked === null ? '' : `  revoked ${revoked}`;
  return `${id}  ${scope}  ${name === '' ? '(no name)' : name}  ${created}${filter === null ? '' : `  sees ${filter}`}${state}`;
}
