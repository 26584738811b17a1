import type { Product } from '../../domain/product.js';
import { foldLetters } from '../../text/fold.js';

/** Frequent words of German, Dutch, Swedish, Danish and Norwegian catalogs that are no English words. */
const GERMANIC = new Set(
  [
    'und mit aus der das ohne zum zur von vom bei auf oder ein eine einem einer nicht auch sehr fuer',
    'kinder damen herren schwarz weiss blau gelb grun braun grau edelstahl holz baumwolle leder kunststoff',
    'wasser haushalt kuche garten grosse stuck farbe gross weich zubehor schuhe haus mobel spielzeug',
    'werkzeug geschenk zoll packung runde lang breit hoch kaffee tisch stuhl schrank kissen decke tasche',
    'voor met het een zonder zwart rood blauw groen geel grijs houten stuks kleur keuken kinderen dames heren',
    'och utan uden uten svart hvid hvit stk rostfri',
  ].flatMap((line) => line.split(' ')),
);
const ENGLISH = new Set(
  'the and with for of your from to this by our is are you all more set size'.split(' '),
);
const UMLAUT = /[äöüßå]/i;
const WORD = /\p{L}+/gu;
/** The beginning of a description says as much about its language as the whole. */
const MAX_DESCRIPTION = 300;

/**
 * Whether a product's text is in a language that writes compounds as one word: above 0 if so, below 0 if it is English, 0
 * if it does not show.
 */
export function germanicEvidence({ title = '', category = '', description = '' }: Product): number {
  const text = `${title} ${category} ${description.slice(0, MAX_DESCRIPTION)}`;
  let evidence = UMLAUT.test(text) ? 1 : 0;
  for (const [word] of foldLetters(text).matchAll(WORD)) {
    if (GERMANIC.has(word)) evidence++;
    else if (ENGLISH.has(word)) evidence--;
  }
  return evidence;
}
