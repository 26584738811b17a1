import { existsSync } from 'node:fs';
import { UserError } from '../domain/errors.js';
import { openStore, type Store, storeFile } from '../store/open.js';
import { openReadOnly } from '../store/openReadOnly.js';
import type { CommonOptions } from './options.js';
import { openTerminal, type Terminal } from './terminal.js';

type StoreWork = (store: Store, terminal: Terminal) => Promise<void> | void;

/**
 * Runs the work of a command on the store, and closes the store afterwards, also after an error.
 * @throws UserError if there is no store.
 */
export async function withStore(flags: CommonOptions, work: StoreWork): Promise<void> {
  requireStore(flags);
  return workOn(openStore(flags.data), flags, work);
}

/** The same, with a new store if there is none. */
export function withStoreOrNew(flags: CommonOptions, work: StoreWork): Promise<void> {
  const isNew = !existsSync(storeFile(flags.data));
  return workOn(openStore(flags.data), flags, (store, terminal) => {
    if (isNew) terminal.note(`There was no store in ${flags.data}: a new one was created.`);
    return work(store, terminal);
  });
}

/** @throws UserError if there is no store: a mistyped folder must not look like an empty catalog. */
export function requireStore({ data }: CommonOptions): void {
  if (existsSync(storeFile(data))) return;
  throw new UserError(
    `There is no store in ${data}: name its folder with --data, or run shelfwright import <file> first.`,
    { field: '--data' },
  );
}

/** The same for work that only reads: the files of the store do not change. */
export function withStoreToRead(flags: CommonOptions, work: StoreWork): Promise<void> {
  return workOn(openReadOnly(flags.data), flags, work);
}

async function workOn(store: Store, flags: CommonOptions, work: StoreWork): Promise<void> {
  const terminal = openTerminal(flags);
  try {
    await work(store, terminal);
  } finally {
    terminal.settle();
    store.close();
  }
}
