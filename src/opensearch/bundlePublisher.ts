import type { Bundle, PartName } from './bundle.js';
import { type BundleHead, BundleStore, type PublishedPart } from './bundleStore.js';
import type { Engine } from './engine.js';

const NAMES = ['settings', 'catalog', 'vocabulary'] as const;
/** Parts before the newest that are kept, for readers that read the head before. */
const KEPT = 2;

/** Publishes the bundle: parts first, then the head that names them, in one step. There is one publisher at a time. */
export class BundlePublisher {
  readonly #store: BundleStore;
  #published: BundleHead['parts'] | undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #replaced = new Map<PartName, PublishedPart[]>();

  constructor(engine: Engine) {
    this.#store = new BundleStore(engine);
  }

  /** Publishes these parts together; the others stay. A part that is the same as before costs no request. */
  publish(parts: Partial<Bundle>): Promise<void> {
    const published = this.#last.catch(() => undefined).then(() => this.#publish(parts));
    this.#last = published;
    return published;
  }

  async #publish(parts: Partial<Bundle>): Promise<void> {
    this.#published ??= (await this.#store.readHead())?.parts ?? {};
    const before = this.#published;
    const next = { ...before };
    for (const name of NAMES)
      if (parts[name] !== undefined)
        next[name] = await this.#store.writePart(name, parts[name], before[name]);
    const changed = NAMES.filter((name) => next[name]?.hash !== before[name]?.hash);
    if (changed.length === 0) return;
    await this.#store.writeHead(next);
    this.#published = next;
    for (const name of changed) {
      const old = before[name];
      if (old !== undefined) await this.#retire(name, old, next[name]);
    }
  }

  async #retire(name: PartName, old: PublishedPart, now: PublishedPart | undefined): Promise<void> {
    const replaced = (this.#replaced.get(name) ?? []).filter(
      ({ hash }) => hash !== old.hash && hash !== now?.hash,
    );
    replaced.push(old);
    for (const gone of replaced.splice(0, Math.max(0, replaced.length - KEPT)))
      await this.#store.removePart(name, gone);
    this.#replaced.set(name, replaced);
  }
}
