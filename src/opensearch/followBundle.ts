import { sentenceOf, UnavailableError } from '../domain/errors.js';
import { type Bundle, type BundleFollower, PARTS, type PartName } from './bundle.js';
import { BundleStore } from './bundleStore.js';
import type { Engine } from './engine.js';

/** A change is known everywhere within a second. */
const POLL_INTERVAL_MS = 500;

/** Follows the bundle that the writer publishes, from now on until it is closed. It need not be there yet. */
export async function followBundle(engine: Engine): Promise<BundleFollower> {
  const follower = new Follower(engine);
  // Where the engine does not answer yet, `problem` says so.
  await follower.poll().catch(() => undefined);
  follower.start();
  return follower;
}

class Follower implements BundleFollower {
  problem: string | undefined;
  readonly #store: BundleStore;
  #bundle: Bundle | undefined;
  readonly #hashes = new Map<PartName, string>();
  #timer: NodeJS.Timeout | undefined;
  #polling: Promise<boolean> | undefined;

  constructor(engine: Engine) {
    this.#store = new BundleStore(engine);
  }

  start(): void {
    this.#timer = setInterval(() => void this.poll().catch(() => undefined), POLL_INTERVAL_MS);
    this.#timer.unref();
  }

  current(): Bundle | undefined {
    return this.#bundle;
  }

  poll(): Promise<boolean> {
    this.#polling ??= this.#read()
      .then(
        (isNew) => {
          this.problem = undefined;
          return isNew;
        },
        (error: unknown) => {
          this.problem = `What was published last is not read yet: ${sentenceOf(error)}`;
          throw error;
        },
      )
      .finally(() => {
        this.#polling = undefined;
      });
    return this.#polling;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#polling?.catch(() => undefined);
  }

  async #read(): Promise<boolean> {
    const parts = (await this.#store.readHead())?.parts ?? {};
    const { settings, catalog, vocabulary } = parts;
    if (settings === undefined || catalog === undefined || vocabulary === undefined) return false;
    const before = this.#bundle;
    const hashOf = (name: PartName): string | undefined => this.#hashes.get(name);
    const isSame = (name: PartName): boolean => hashOf(name) === parts[name]?.hash;
    if (isSame('settings') && isSame('catalog') && isSame('vocabulary')) return false;
    const read = async <Name extends PartName>(name: Name): Promise<unknown> =>
      isSame(name) ? undefined : this.#store.readPart(name, parts[name] ?? { hash: '', chunks: 0 });
    const [newSettings, newCatalog, newVocabulary] = [
      await read('settings'),
      await read('catalog'),
      await read('vocabulary'),
    ];
    const next = {
      settings: newSettings === undefined ? before?.settings : PARTS.settings.parse(newSettings),
      catalog: newCatalog === undefined ? before?.catalog : PARTS.catalog.parse(newCatalog),
      vocabulary: newVocabulary === undefined ? before?.vocabulary : PARTS.vocabulary.parse(newVocabulary),
    };
    if (next.settings === undefined || next.catalog === undefined || next.vocabulary === undefined)
      throw new UnavailableError('The bundle lacks a part.');
    if (next.catalog.generation !== next.vocabulary.generation)
      throw new UnavailableError('The bundle has parts of two generations.');
    this.#bundle = { settings: next.settings, catalog: next.catalog, vocabulary: next.vocabulary };
    this.#hashes.set('settings', settings.hash);
    this.#hashes.set('catalog', catalog.hash);
    this.#hashes.set('vocabulary', vocabulary.hash);
    return true;
  }
}
