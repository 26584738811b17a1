import { isBlank } from '../../domain/field.js';
import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { Encoder } from '../features/encode.js';
import type { Knowledge } from './knowledge.js';
import { BROADER, CATEGORY, type Proposal } from './proposal.js';
import { AttributeProposer } from './proposeAttributes.js';
import { CategoryProposer } from './proposeCategory.js';
import { NOTHING_REFUSED, type Refused, refusedFor } from './refused.js';

/** All proposals for a product's blanks, by attribute id, the category's under `CATEGORY` and `BROADER`. */
export type Proposals = Map<string, readonly Proposal[]>;

/** Asks all methods about all blanks of a product. */
export class Proposer {
  readonly #encoder: Encoder;
  readonly #categories: CategoryProposer;
  readonly #attributes: AttributeProposer;

  constructor(
    knowledge: Knowledge,
    readonly view: TaxonomyView,
  ) {
    this.#encoder = new Encoder(knowledge.vocabulary);
    this.#categories = new CategoryProposer(knowledge.category, knowledge.memory, view);
    this.#attributes = new AttributeProposer(knowledge, view);
  }

  propose(product: Product, vector: Float32Array | undefined, refused: Refused = NOTHING_REFUSED): Proposals {
    const found: Proposals = new Map();
    const blank = isBlank(product.category);
    let category = blank ? undefined : this.view.find(product.category ?? '')?.id;
    if (!blank && missing(product, category, this.view).size === 0) return found;
    this.#encoder.encode(product);
    if (blank) category = this.#proposeCategory(product, vector, found, refused);
    this.#proposeAttributes(product, vector, category, found, refused);
    return found;
  }

  /**
   * For calibration: what would be said of a labelled row without its values. Its attributes are asked
   * for under `category` where that is given, else under the one found.
   */
  proposeBlanked(
    product: Product,
    vector: Float32Array | undefined,
    category: string | undefined,
  ): Proposals {
    const { attributes: _, category: __, ...blanked } = product;
    const found: Proposals = new Map();
    this.#encoder.encode(blanked);
    const likeliest = this.#proposeCategory(blanked, vector, found, NOTHING_REFUSED);
    this.#proposeAttributes(blanked, vector, category ?? likeliest, found, NOTHING_REFUSED);
    return found;
  }

  #proposeCategory(
    product: Product,
    vector: Float32Array | undefined,
    found: Proposals,
    refused: Refused,
  ): string | undefined {
    const proposal = this.#categories.propose(product, this.#encoder, vector, refusedFor(refused, CATEGORY));
    if (proposal === undefined) return undefined;
    found.set(CATEGORY, [proposal]);
    const broader = this.#categories.broader(proposal, refusedFor(refused, BROADER));
    if (broader !== undefined) found.set(BROADER, [broader]);
    return String(proposal.value);
  }

  #proposeAttributes(
    product: Product,
    vector: Float32Array | undefined,
    category: string | undefined,
    found: Proposals,
    refused: Refused,
  ): void {
    const wanted = missing(product, category, this.view);
    if (wanted.size === 0) return;
    const said = this.#attributes.propose(product, this.#encoder, vector, category, wanted, refused);
    for (const [id, proposals] of said) found.set(id, proposals);
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
