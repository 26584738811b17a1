import type { Product } from '../../shared/api.js';
import { attributesOf } from '../../shared/format.js';

const NAMED: Readonly<Record<string, string>> = {
  black: '#2f3336',
  charcoal: '#474c51',
  anthracite: '#44494e',
  graphite: '#53585d',
  grey: '#8d949a',
  gray: '#8d949a',
  silver: '#b4bac0',
  steel: '#9aa4ad',
  chrome: '#aab3ba',
  white: '#e9ebe8',
  ivory: '#ece4d0',
  cream: '#ecdfc2',
  ecru: '#e2d5ba',
  beige: '#d6c3a0',
  sand: '#d4bd92',
  camel: '#b98a54',
  tan: '#c09a6b',
  khaki: '#a39a6c',
  taupe: '#94836f',
  brown: '#80573b',
  chocolate: '#5e3d2a',
  coffee: '#69493a',
  walnut: '#6f4e37',
  oak: '#c19a63',
  bamboo: '#ceb074',
  natural: '#cdb48a',
  wood: '#a97c50',
  red: '#c5403c',
  crimson: '#ab2e44',
  burgundy: '#74283b',
  maroon: '#7a2d35',
  wine: '#722f41',
  rust: '#b0552f',
  terracotta: '#c4694a',
  coral: '#ec7d66',
  salmon: '#ee9280',
  orange: '#e5853a',
  amber: '#e5a13a',
  mustard: '#cda02f',
  yellow: '#eac644',
  lemon: '#efd95f',
  gold: '#caa24a',
  brass: '#b8985a',
  bronze: '#9a7245',
  copper: '#b9724c',
  green: '#4c8f5c',
  olive: '#7d8043',
  sage: '#9bae8e',
  mint: '#9fd6b8',
  lime: '#a5c94a',
  forest: '#2f6246',
  emerald: '#2b8a63',
  teal: '#2f8585',
  turquoise: '#45b5b0',
  aqua: '#66c3cc',
  cyan: '#49b7cf',
  blue: '#4374bd',
  navy: '#2d4270',
  indigo: '#454b96',
  denim: '#4c6c97',
  sky: '#7db8e2',
  cobalt: '#2f57ae',
  royal: '#3b57b5',
  purple: '#7c57a8',
  violet: '#7f5cb8',
  lavender: '#b3a3da',
  lilac: '#bda5d4',
  plum: '#79456d',
  mauve: '#b08aa5',
  pink: '#e48fae',
  rose: '#d97a8d',
  fuchsia: '#c83f8b',
  magenta: '#c23f92',
  blush: '#e7b5b3',
  peach: '#f0b48d',
  nude: '#dcb599',
  transparent: '#dfe6e8',
  clear: '#dfe6e8',
  golden: '#caa24a',
  bordeaux: '#74283b',
  petrol: '#2f6a78',
  blk: '#2f3336',
  wht: '#e9ebe8',
  gry: '#8d949a',
  nvy: '#2d4270',
  blu: '#4374bd',
  grn: '#4c8f5c',
  ylw: '#eac644',
  brn: '#80573b',
  bge: '#d6c3a0',
  slv: '#b4bac0',
  orng: '#e5853a',
};

/** For products of unknown colour. */
const NEUTRAL = '#a0aaa4';

/** The colour named by a product's attributes as `#rrggbb`, otherwise a neutral one: a title may name any colour. */
export function colourOf(product: Product): string {
  return namedColourOf(product) ?? NEUTRAL;
}

/** The colour named by a product's attributes. */
export function namedColourOf(product: Product): string | undefined {
  for (const [name, value] of Object.entries(attributesOf(product))) {
    if (!COLOUR_FIELD.test(name)) continue;
    const named = colourNamed(Array.isArray(value) ? value.join(' ') : String(value));
    if (named !== undefined) return named;
  }
  return undefined;
}

/** `Navy Blue` is drawn in navy: the first word that names a colour. Undefined if none does. */
export function colourNamed(text: string): string | undefined {
  const words = text.toLowerCase().split(/[^a-z]+/);
  const word = words.find((one) => Object.hasOwn(NAMED, one));
  return word === undefined ? undefined : NAMED[word];
}

/** Whether a field holds colours. */
export const COLOUR_FIELD = /colou?r|finish/i;

/**
 * Whether a colour has too little contrast on a white page or on a dark one (relative luminance, WCAG 2.2).
 * @param colour `#rrggbb`
 */
export function toneOf(colour: string): 'bright' | 'middling' | 'dim' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  if (luminance > 0.62) return 'bright';
  return luminance < 0.13 ? 'dim' : 'middling';
}
