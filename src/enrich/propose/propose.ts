import { isBlank } from '../../domain/isBlank.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { Encoder } from '../features/encoder.js';
import { BROADER, CATEGORY, type Proposals } from '../proposal.js';
import { NOTHING_REJECTED, type RejectedKeys, rejectedFor } from '../rejectedValues.js';
import type { Knowledge } from './knowledge.js';
import { AttributeProposer } from './proposeAttributes.js';
import { CategoryProposer } from './proposeCategory.js';

/** Runs all methods on all blanks of a product. */
export class Proposer {
  readonly #encoder: Encoder;
  readonly #categories: CategoryProposer;
  readonly #attributes: AttributeProposer;

  constructor(
    knowledge: Knowledge,
    readonly view: TaxonomyView,
  ) {
    this.#encoder = new Encoder(knowledge.vocabulary);
    this.#categories = new CategoryProposer(knowledge.category, knowledge.neighbours, view, knowledge);
    this.#attributes = new AttributeProposer(knowledge, view);
  }

  propose(
    product: Product,
    vector: Float32Array | undefined,
    rejected: RejectedKeys = NOTHING_REJECTED,
  ): Proposals {
    const found: Proposals = new Map();
    const needsCategory = isBlank(product.category);
    let category = needsCategory ? undefined : this.view.find(product.category ?? '')?.id;
    if (!needsCategory && missing(product, category, this.view).size === 0) return found;
    this.#encoder.encode(product);
    if (needsCategory) category = this.#proposeCategory(product, vector, found, rejected);
    this.#proposeAttributes(product, vector, category, found, rejected);
    return found;
  }

  /**
   * For calibration: the proposals for a labelled row with its category and attributes masked. Attributes are proposed
   * under `category` if it is given, else under the proposed one.
   */
  proposeMasked(product: Product, vector: Float32Array | undefined, category: string | undefined): Proposals {
    const { attributes: _, category: __, ...masked } = product;
    const found: Proposals = new Map();
    this.#encoder.encode(masked);
    const likeliest = this.#proposeCategory(masked, vector, found, NOTHING_REJECTED);
    this.#proposeAttributes(masked, vector, category ?? likeliest, found, NOTHING_REJECTED);
    return found;
  }

  #proposeCategory(
    product: Product,
    vector: Float32Array | undefined,
    found: Proposals,
    rejected: RejectedKeys,
  ): string | undefined {
    const proposal = this.#categories.propose(
      product,
      this.#encoder,
      vector,
      rejectedFor(rejected, CATEGORY),
    );
    if (proposal === undefined) return undefined;
    found.set(CATEGORY, [proposal]);
    const broader = this.#categories.broader(proposal, rejectedFor(rejected, BROADER));
    if (broader !== undefined) found.set(BROADER, [broader]);
    return String(proposal.value);
  }

  #proposeAttributes(
    product: Product,
    vector: Float32Array | undefined,
    category: string | undefined,
    found: Proposals,
    rejected: RejectedKeys,
  ): void {
    const wanted = missing(product, category, this.view);
    if (wanted.size === 0) return;
    const proposed = this.#attributes.propose(product, this.#encoder, vector, category, wanted, rejected);
    for (const [id, proposals] of proposed) found.set(id, proposals);
  }
}

/** Ids of the attributes that the category carries and the row lacks. */
function missing(product: Product, category: string | undefined, view: TaxonomyView): Set<string> {
  const wanted = new Set<string>();
  for (const attribute of view.carried(category)) {
    if (isBlank(product.attributes?.[view.keyOf(product, attribute)])) wanted.add(attribute.id);
  }
  return wanted;
}
