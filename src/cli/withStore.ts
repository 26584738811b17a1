import { openStore, type Store } from '../store/open.js';
import type { CommonOptions } from './options.js';
import { openTerminal, type Terminal } from './terminal.js';

/** Runs a command's work over the store, which is closed whatever comes of it. */
export async function withStore(
  flags: CommonOptions,
  work: (store: Store, terminal: Terminal) => Promise<void> | void,
): Promise<void> {
  const terminal = openTerminal(flags);
  const store = openStore(flags.data);
  try {
    await work(store, terminal);
  } finally {
    terminal.settle();
    store.close();
  }
}
