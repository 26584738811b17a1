import { type Command, Option } from 'commander';
import { type ApiKey, type Scope, scopes } from '../../domain/apiKey.js';
import { makeKey, reopen, revokeKey } from '../../service/apiKeys.js';
import { requireStoredFields } from '../../service/checkKeyFilter.js';
import type { CommonOptions } from '../options.js';
import { withStore, withStoreOrNew, withStoreToRead } from '../withStore.js';

interface CreateFlags extends CommonOptions {
  readonly scope: Scope;
  readonly name: string;
  readonly filter?: string;
}

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('manage API keys; changes take effect at once');
  keys
    .command('list', { isDefault: true })
    .description('list the keys, without their secrets')
    .action((flags: CommonOptions) =>
      withStoreToRead(flags, (store, terminal) => {
        const list = store.keys.list();
        terminal.result(
          list,
          list.length === 0
            ? [
                'No key yet, so the service listens on loopback only and requires no key. shelfwright keys create makes one.',
              ]
            : list.map(line),
        );
      }),
    );
  keys
    .command('create')
    .description('create a key and print it once')
    .addOption(
      new Option('--scope <scope>', 'what the key allows; each scope includes the ones before it')
        .choices(scopes)
        .default('search'),
    )
    .option('--name <name>', 'a name for the list of keys', '')
    .option(
      '--filter <filter>',
      "limit the key to products that match, for example availability = 'in stock'",
    )
    .action((flags: CreateFlags) =>
      withStoreOrNew(flags, (store, terminal) => {
        if (flags.filter !== undefined) requireStoredFields(store, flags.filter);
        const { key, token } = makeKey(store, { name: flags.name, scope: flags.scope, filter: flags.filter });
        terminal.result({ ...key, key: token }, [
          token,
          `Save it now: it is not shown again. Scope: ${key.scope}. Revoke it with shelfwright keys revoke ${key.id}`,
        ]);
      }),
    );
  keys
    .command('revoke <id>')
    .description('revoke a key')
    .action((id: string, flags: CommonOptions) =>
      withStore(flags, (store, terminal) => {
        revokeKey(store, id);
        const last = !store.keys.anyValid();
        terminal.result({ revoked: id, last }, [
          `Key ${id} is revoked.`,
          ...(last
            ? [
                'It was the last valid key, and the service still requires one: make a key with shelfwright keys create, or let requests on this machine in without a key by shelfwright keys reopen.',
              ]
            : []),
        ]);
      }),
    );
  keys
    .command('reopen')
    .description('after all keys are revoked: delete them, so that requests on this machine need no key')
    .action((flags: CommonOptions) =>
      withStore(flags, (store, terminal) => {
        const deleted = reopen(store);
        terminal.result({ deleted }, [
          `${deleted} revoked keys deleted. The service listens on loopback only and requires no key until one is created.`,
        ]);
      }),
    );
}

function line({ id, name, scope, filter, created, revoked }: ApiKey): string {
  const state = revoked === null ? '' : `  revoked ${revoked}`;
  return `${id}  ${scope}  ${name === '' ? '(no name)' : name}  ${created}${filter === null ? '' : `  sees ${filter}`}${state}`;
}
