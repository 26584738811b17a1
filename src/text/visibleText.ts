/** Printable ASCII with single spaces inside: nothing to normalise. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
/** Characters without a glyph: soft hyphens, zero-width spaces, byte order marks, directions. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;
/** The same without joiners and variation selectors, which change how their neighbours look. */
const WITHOUT_EFFECT = /(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu;
const SPACES = /\s+/g;

/**
 * A text as people see it: composed (NFC), without invisible characters, with single spaces inside and none at the
 * ends. Texts that look alike in every font become equal.
 */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(WITHOUT_EFFECT, '').replace(SPACES, ' ').trim().normalize('NFC');
}

/**
 * The key of a text's spelling: equal for texts that differ only in case, white space, invisible characters or
 * canonically equivalent characters. The same in every locale. Keeps accents and punctuation.
 */
export function spellingKey(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const visible = text.replace(INVISIBLE, '').replace(SPACES, ' ').trim();
  // Upper case first: it unites ß and SS, ς and σ.
  return visible.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
