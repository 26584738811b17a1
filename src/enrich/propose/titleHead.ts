import type { Product } from '../../domain/product.js';
import type { TaxonomyView } from '../../taxonomy/view.js';
import { unitOf } from '../../text/units.js';
import { attributeKind } from '../context/attributeKind.js';
import { AUDIENCE } from '../context/purposes.js';
import { isHyphen, isWord, type ScopeToken } from '../context/scope.js';
import type { TextContexts } from '../context/textContexts.js';
import { stemOf, words } from '../features/words.js';
import { TextReader } from './readText.js';
import type { TitleHead } from './titleHeads.js';

const SEPARATING: ReadonlySet<string> = new Set([...',;|:()[]"–—!?•·*']);
const ENDING: ReadonlySet<string> = new Set(
  'with without in by from incl including plus on at mit ohne in von aus inkl und w'.split(' '),
);
/** Words behind a head noun that are none. */
const FILLERS: ReadonlySet<string> = new Set(
  'new sale set pack pair pairs pc pcs piece pieces size eu uk us edition version neu stuck paar of'.split(
    ' ',
  ),
);
const CONTAINERS: ReadonlySet<string> = new Set(
  'bag box bottle can tin jar pouch tub tube roll carton packet sack canister teabag beutel dose flasche glas'.split(
    ' ',
  ),
);
/** Counted or measured by the number before them: `2 seater`. */
const COUNTED: ReadonlySet<string> = new Set(
  (
    'seater person man berth way tier speed ply layer compartment burner slice cup lux lumen degree denier port socket ' +
    'sitzer personen teilig'
  ).split(' '),
);
/** Attributes whose values stand behind a head noun: `Mini Dress Gold S`. */
const TRAILING_NAMES: ReadonlySet<string> = new Set(['size', 'gender', 'sex', 'age', 'season']);

/** Reads head nouns, by a taxonomy's lists of values. */
export class HeadReader {
  static readonly #readers = new WeakMap<TaxonomyView, HeadReader>();
  readonly #trailing: ReadonlySet<string>;
  readonly #listed: ReadonlySet<string>;

  static of(view: TaxonomyView): HeadReader {
    const reader = HeadReader.#readers.get(view) ?? new HeadReader(view);
    HeadReader.#readers.set(view, reader);
    return reader;
  }

  private constructor(readonly view: TaxonomyView) {
    this.#listed = new Set(
      view.taxonomy.attributes.flatMap(({ id, type }) => (type === 'enum' || type === 'boolean' ? [id] : [])),
    );
    this.#trailing = new Set(
      view.taxonomy.attributes
        .filter((attribute) => {
          const kind = attributeKind(attribute);
          if (kind === 'material' || kind === 'appearance') return true;
          const stems = words(`${attribute.id.replaceAll('_', ' ')} ${attribute.name}`);
          return attribute.type === 'enum' && stems.some(({ stem }) => TRAILING_NAMES.has(stem));
        })
        .map(({ id }) => id),
    );
  }

  /** Undefined if the title has no noun that could be the head. `trailing` are stems known to stand behind heads. */
  read(
    product: Pick<Product, 'title'>,
    contexts: TextContexts,
    trailing: ReadonlySet<string>,
  ): TitleHead | undefined {
    const title = product.title ?? '';
    const { list, purposes, scopes } = contexts.of('title');
    const isLeftOut = (token: ScopeToken): boolean =>
      scopes.some(({ kind, said, start, end }) =>
        kind === 'brand'
          ? token.start >= start && token.end <= end
          : said !== undefined && token.start >= said.start && token.end <= said.end,
      );
    const values = TextReader.of(this.view).valueSpans('title', title, this.#listed);
    const valuesOf = ({ start, end }: ScopeToken): string[] =>
      values.flatMap((value) => (start >= value.start && end <= value.end ? [value.attribute] : []));
    const purpose = purposes.flatMap(({ first, last }) =>
      list.slice(first, last + 1).flatMap((token) => (isWord(token) ? [stemOf(token.folded)] : [])),
    );
    for (const phrase of phrases(list, new Set(purposes.map(({ cue }) => cue)))) {
      const plain = phrase
        .filter((token) => !isLeftOut(token))
        .map((token) => {
          const values = valuesOf(token);
          const isTail =
            values.some((id) => this.#trailing.has(id)) ||
            trailing.has(stemOf(token.folded)) ||
            isTailing(list, token);
          return {
            token,
            word: {
              stem: stemOf(token.folded),
              values,
              isTail,
              isAdjective: isAdjective(list, token, title),
            },
          };
        });
      const [first] = plain;
      const head = plain.findLast(({ word }) => !word.isTail);
      if (first === undefined || head === undefined) continue;
      return {
        phrase: plain.map(({ word }) => word),
        purpose,
        start: first.token.start,
        end: head.token.end,
      };
    }
    return undefined;
  }
}

/** Stretches of words between marks and prepositions; nothing after what the product is for. */
function phrases(list: readonly ScopeToken[], cues: ReadonlySet<number>): ScopeToken[][] {
  const found: ScopeToken[][] = [];
  let phrase: ScopeToken[] = [];
  const close = (): void => {
    if (phrase.some(({ folded }) => /\p{L}{2}/u.test(folded))) found.push(phrase);
    phrase = [];
  };
  for (const [i, token] of list.entries()) {
    if (cues.has(i)) {
      if (phrase.length > 0 || found.length > 0) break;
      continue;
    }
    const isDash = /^[-–—+]$/.test(token.folded) && !isHyphen(list, i);
    if (isDash || SEPARATING.has(token.folded) || ENDING.has(token.folded)) close();
    else if (isWord(token)) phrase.push(token);
  }
  close();
  return found;
}

/** Whether a word is no noun: a number, a unit, a code, a filler. */
function isTailing(list: readonly ScopeToken[], token: ScopeToken): boolean {
  const { folded } = token;
  const at = list.indexOf(token);
  const before = list[at - 1];
  const isCode =
    token.isNumber ||
    (token.glued && before?.isNumber === true) ||
    (list[at + 1]?.isNumber === true && list[at + 1]?.glued === true);
  const isMeasured = before?.isNumber === true || list[at - 2]?.isNumber === true;
  return (
    isCode ||
    folded.length < 3 ||
    FILLERS.has(folded) ||
    AUDIENCE.has(folded) ||
    /['’]s?$/u.test(folded) ||
    (before?.isNumber === true && unitOf(folded) !== undefined) ||
    (before?.isNumber === true && COUNTED.has(stemOf(folded))) ||
    // `5 lb bag`, `100 bags`
    (isMeasured && CONTAINERS.has(stemOf(folded)))
  );
}

const ACRONYM = /^\p{Lu}{2,4}$/u;
const ADJECTIVE = /.(?:ed|able|ible|less|proof|ful|ous|ive|ish|ally|lly|bar|fest|dicht|ic|al|ant|ent)$/u;

/** Whether a word looks like an adjective, by its ending or as part of a compound (`hook-and-loop`), or is an acronym. */
function isAdjective(list: readonly ScopeToken[], token: ScopeToken, title: string): boolean {
  const at = list.indexOf(token);
  const isAcronym = ACRONYM.test(title.slice(token.start, token.end)) && /\p{Ll}/u.test(title);
  return isAcronym || isHyphen(list, at + 1) || isHyphen(list, at - 1) || ADJECTIVE.test(token.folded);
}
