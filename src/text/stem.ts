const VOWEL_IN_STEM = /[aeiouy]/;
const SHORT = /^(?:[^aeiou][^aeiouy]*)?[aeiouy][^aeiouwxy]$/;
/** A vowel before a consonant. Their number is Porter's m. */
const MEASURE = /[aeiouy][^aeiouy]/g;

/**
 * An English word without its plural and with a normalised final e or y: steps 1a, 1c and 5a of Porter, "An algorithm
 * for suffix stripping" (1980). The other steps conflate different products: `university` and `universal`, `fishing`
 * and `fish`, `leggings` and `legs`. Use `inflections` to find inflected forms.
 */
export function stem(word: string): string {
  return word.length < 3 ? word : normaliseFinal(withoutPlural(word));
}

/** The stems of the word's other forms with and without -ed and -ing: `runs` → `running`, `runned`. */
export function inflections(word: string): string[] {
  const root = rootOf(word);
  if (word.length < 3 || root.length < 2) return [];
  const open = root.endsWith('e') ? root.slice(0, -1) : root;
  const doubled = open + (open.at(-1) ?? '');
  const forms = [root, `${root}e`, ...[open, doubled].flatMap((start) => [`${start}ing`, `${start}ed`])];
  const stems = new Set(forms.filter((form) => rootOf(form) === root).map(stem));
  stems.delete(stem(word));
  return [...stems];
}

/** The word without plural, -ed and -ing: steps 1 and 5a. */
function rootOf(word: string): string {
  return normaliseFinal(withoutTense(withoutPlural(word)));
}

function normaliseFinal(word: string): string {
  const isY = word.length > 2 && word.endsWith('y') && VOWEL_IN_STEM.test(word.slice(0, -1));
  return withoutFinalE(isY ? `${word.slice(0, -1)}i` : word);
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  if (word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

function withoutTense(word: string): string {
  if (word.endsWith('eed'))
    return (word.slice(0, -3).match(MEASURE)?.length ?? 0) > 0 ? word.slice(0, -1) : word;
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
