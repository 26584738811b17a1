const VOWEL_IN_STEM = /[aeiouy]/;
const SHORT = /^(?:[^aeiou][^aeiouy]*)?[aeiouy][^aeiouwxy]$/;
/** At least one vowel-consonant turn before the last letter, and two: Porter's m > 0 and m > 1. */
const MEASURE = /[aeiouy][^aeiouy]/g;

/**
 * An English word without its inflection: plural, -ed and -ing, final e and y levelled, after steps 1 and 5a of Porter, "An
 * algorithm for suffix stripping" (1980). His steps 2 to 4, which take derivations off, are left out: they
 * make one of `universal` and `university`, of `organ` and `organic`.
 */
export function stem(word: string): string {
  if (word.length < 3) return word;
  const singular = withoutPlural(word);
  const bare = process.env.STEM === 'plural' ? singular : withoutTense(singular);
  const level = bare.length > 2 && bare.endsWith('y') && VOWEL_IN_STEM.test(bare.slice(0, -1)) ? `${bare.slice(0, -1)}i` : bare;
  return withoutFinalE(level);
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  if (word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

function withoutTense(word: string): string {
  if (word.endsWith('eed')) return (word.slice(0, -3).match(MEASURE)?.length ?? 0) > 0 ? word.slice(0, -1) : word;
  const ending = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  const root = word.slice(0, word.length - ending);
  if (ending === 0 || root.length < 2 || !VOWEL_IN_STEM.test(root)) return word;
  if (/(?:at|bl|iz)$/.test(root)) return `${root}e`;
  if (/([^aeiouylsz])\1$/.test(root)) return root.slice(0, -1);
  return SHORT.test(root) ? `${root}e` : root;
}

function withoutFinalE(word: string): string {
  if (!word.endsWith('e')) return word;
  const root = word.slice(0, -1);
  const measure = root.match(MEASURE)?.length ?? 0;
  return measure > 1 || (measure === 1 && !SHORT.test(root)) ? root : word;
}
