import type { Product } from '../../domain/product.js';
import { RecentCache } from '../../structures/recentCache.js';
import type { AttributeKind } from './attributeKind.js';
import { denials } from './denials.js';
import { imitations } from './imitations.js';
import { limits } from './limits.js';
import { nameScopes, type ShopNames } from './names.js';
import { type Purpose, purposeScopes, purposes } from './purposes.js';
import { isWithin, type Scope, type ScopeKind, type ScopeToken, scopeTokens } from './scope.js';
import { units } from './units.js';

export type ContextField = 'title' | 'description';

/** Longer texts are cut: descriptions can be whole manuals. */
const MAX_CHARACTERS = 2_000;

/** Why a mention of a value may not be a fact. `no`: it is none. `part`: of a longer value of another attribute. */
export type Doubt =
  | 'no'
  | 'unclear'
  | 'imitated'
  | 'likened'
  | 'brand'
  | 'name'
  | 'purpose'
  | 'modifier'
  | 'limit'
  | 'unit'
  | 'part';

const PRIORS: Readonly<Record<Doubt, Readonly<Record<AttributeKind, number>>>> = {
  no: { material: 0, appearance: 0, extent: 0, other: 0 },
  unclear: { material: 0.35, appearance: 0.5, extent: 0.5, other: 0.4 },
  imitated: { material: 0, appearance: 1, extent: 1, other: 0.4 },
  likened: { material: 0.35, appearance: 1, extent: 1, other: 1 },
  brand: { material: 0.1, appearance: 0.1, extent: 0.1, other: 0.2 },
  name: { material: 0.25, appearance: 0.25, extent: 1, other: 1 },
  purpose: { material: 0.3, appearance: 0.3, extent: 1, other: 1 },
  modifier: { material: 0.1, appearance: 0.1, extent: 1, other: 0.5 },
  limit: { material: 1, appearance: 1, extent: 0.1, other: 1 },
  unit: { material: 0.1, appearance: 0.1, extent: 1, other: 0.2 },
  part: { material: 0.35, appearance: 0.35, extent: 1, other: 0.4 },
};

/** How likely a mention in doubt is a fact, before the shop's rows show how its own mentions are. */
export function doubtPrior(doubt: Doubt, kind: AttributeKind): number {
  return PRIORS[doubt][kind];
}

/** A mention that is this likely to be a fact, or likelier, is calibrated like any other. */
const CALIBRATED_FROM = 0.5;

/**
 * By how much a confidence falls after calibration for a mention that is a fact with probability `score`. Few filled cells
 * show how such mentions come out, so the calibration curves cannot tell.
 */
export function doubtFactor(score: number): number {
  return Math.min(1, score / CALIBRATED_FROM);
}

/** One field's words and what is said about them. */
interface FieldContexts {
  readonly list: readonly ScopeToken[];
  readonly purposes: readonly Purpose[];
  readonly scopes: readonly Scope[];
}

/** What the words around each part of a product's text say about it: denied, imitated, a name, what it is for. */
export class TextContexts {
  readonly #fields = new Map<string, FieldContexts>();

  constructor(
    readonly product: Pick<Product, 'title' | 'description' | 'brand'>,
    readonly names: ShopNames,
  ) {}

  /** Why the value of an attribute that stands at `[start, end)` may not be a fact; undefined if it seems to be one. */
  doubt(field: ContextField, start: number, end: number, kind: AttributeKind): Doubt | undefined {
    let found: Doubt | undefined;
    for (const scope of this.of(field).scopes) {
      if (!isWithin(scope, start, end)) continue;
      const doubt = doubtOf(scope.kind, kind);
      if (doubt === 'no') return 'no';
      found ??= doubt;
    }
    return found;
  }

  /** The denial of `[start, end)` together with the denying words, where it is certain. */
  denial(field: ContextField, start: number, end: number): { start: number; end: number } | undefined {
    const scope = this.of(field).scopes.find(
      (one) => one.said !== undefined && one.kind === 'denied' && isWithin(one, start, end),
    );
    if (scope?.said === undefined) return undefined;
    return { start: Math.min(scope.said.start, start), end: Math.max(scope.said.end, end) };
  }

  /** Whether a quantity says what the product takes, holds or fits. */
  isLimit(field: ContextField, start: number, end: number): boolean {
    return this.of(field).scopes.some((scope) => scope.kind === 'limit' && isWithin(scope, start, end));
  }

  of(field: ContextField): FieldContexts {
    let read = this.#fields.get(field);
    if (read === undefined) {
      read = readContexts(
        (this.product[field] ?? '').slice(0, MAX_CHARACTERS),
        field === 'title' ? this.product.brand : undefined,
        this.names,
        field,
      );
      this.#fields.set(field, read);
    }
    return read;
  }
}

function readContexts(
  text: string,
  brand: string | undefined,
  names: ShopNames,
  field: ContextField,
): FieldContexts {
  const { list, purposes, denied, meant } = recent.get(text, readScopes);
  const named = field === 'title' ? nameScopes(list, text, brand, names) : [];
  return { list, purposes, scopes: [...denied, ...named, ...meant] };
}

/** The steps of learning and filling read the same texts of a product one after another. */
const recent = new RecentCache<AnyShopContexts>(6);

type AnyShopContexts = Pick<FieldContexts, 'list' | 'purposes'> & {
  readonly denied: readonly Scope[];
  readonly meant: readonly Scope[];
};

/** What the words around each part of a text say whatever the shop. */
function readScopes(text: string): AnyShopContexts {
  const list = scopeTokens(text);
  const phrases = purposes(list, text);
  return {
    list,
    purposes: phrases,
    denied: [...denials(list), ...imitations(list)],
    meant: [...purposeScopes(list, phrases), ...limits(list, phrases), ...units(list)],
  };
}

function doubtOf(scope: ScopeKind, kind: AttributeKind): Doubt | undefined {
  switch (scope) {
    case 'denied':
      return 'no';
    case 'lacking':
      return kind === 'appearance' ? undefined : 'no';
    case 'imitated':
      return kind === 'material' ? 'no' : kind === 'other' ? 'imitated' : undefined;
    case 'likened':
      return kind === 'material' ? 'likened' : undefined;
    case 'name':
    case 'purpose':
      return kind === 'material' || kind === 'appearance' ? scope : undefined;
    case 'modifier':
      return kind === 'extent' ? undefined : 'modifier';
    case 'limit':
      return kind === 'extent' ? 'limit' : undefined;
    case 'unit':
      return kind === 'extent' ? undefined : 'unit';
    default:
      return scope;
  }
}
