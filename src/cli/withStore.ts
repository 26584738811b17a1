import { openStore, type Store } from '../store/open.js';
import { openReadOnly } from '../store/openReadOnly.js';
import type { CommonOptions } from './options.js';
import { openTerminal, type Terminal } from './terminal.js';

type StoreWork = (store: Store, terminal: Terminal) => Promise<void> | void;

/** Runs the work of a command on the store, and closes the store afterwards, also after an error. */
export function withStore(flags: CommonOptions, work: StoreWork): Promise<void> {
  return workOn(openStore(flags.data), flags, work);
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
