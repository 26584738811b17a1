import { UserError } from '../../domain/errors.js';
import type { LivePatch, Product } from '../../domain/product.js';
import { openGeneration } from '../../index/generation/openGeneration.js';
import type { LiveIndex } from '../../index/liveIndex.js';
import { inSlices, type Steps } from '../../structures/inSlices.js';

/**
 * Another generation with the products of now: what it says of a product stays, prices, stock and availability are as they
 * are, new products are added and deleted ones removed. Undefined if it is the one of the index. The caller closes it.
 * @throws UserError if there is none, or it was made with another model, which would read queries otherwise.
 */
export async function openOtherGeneration(
  indexesDir: string,
  id: string,
  index: LiveIndex,
): Promise<LiveIndex | undefined> {
  const { generation } = index;
  if (generation.id === id) return undefined;
  const other = await openGeneration(indexesDir, id, { byWords: generation.model === null }).catch(
    (cause: unknown) => {
      throw new UserError(
        `The generation ${id} cannot be opened: shelfwright generations lists those on disk.`,
        { cause },
      );
    },
  );
  try {
    if (other.generation.model?.sha256 !== generation.model?.sha256)
      throw new UserError(
        `The generation ${id} was made with another model than the one that serves, so that queries cannot be compared with its products: choose one of the same model.`,
      );
    await inSlices(bringUpToDate(other, index));
  } catch (error) {
    other.close();
    throw error;
  }
  return other;
}

function* bringUpToDate(other: LiveIndex, index: LiveIndex): Steps {
  for (let ordinal = 0; ordinal < index.size; ordinal++) {
    if (!index.alive(ordinal)) continue;
    const product = index.document(ordinal);
    const known = other.ordinalOf(product.id);
    if (known === undefined) other.apply({ upserts: [{ product, vector: index.vectorOf(ordinal) }] });
    else if (!isLiveSame(product, other.document(known)))
      other.apply({ live: [{ id: product.id, fields: liveFields(product) }] });
    yield;
  }
  const deletes: string[] = [];
  for (let ordinal = 0; ordinal < other.size; ordinal++) {
    if (!other.alive(ordinal)) continue;
    const id = other.idOf(ordinal);
    if (index.ordinalOf(id) === undefined) deletes.push(id);
  }
  other.apply({ deletes });
}

function isLiveSame(a: Product, b: Product): boolean {
  return a.price === b.price && a.stock === b.stock && a.availability === b.availability;
}

/** The fields of a product that change without a new text. */
function liveFields({ price, stock, availability }: Product): LivePatch {
  return {
    ...(price !== undefined && { price }),
    ...(stock !== undefined && { stock }),
    ...(availability !== undefined && { availability }),
  };
}
