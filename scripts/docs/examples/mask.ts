/**
 * What differs from run to run and from machine to machine, and what stands for it when outputs are compared. In order:
 * a later mask sees what the earlier ones have left.
 */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\b\d{8}-\d{6}-[0-9a-f]{4}\b/g, '<generation>'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  [/\bdraft-\d{4}-\d\d-\d\d\b/g, 'draft-<day>'],
  [/\b[0-9a-f]{64}\b/g, '<sha256>'],
  [/\bsw_[\w-]+/g, '<secret>'],
  [/\b[0-9a-f]{12}\b/g, '<id>'],
  [/\b127\.0\.0\.1:\d+/g, '127.0.0.1:<port>'],
  [/(?<![\w.-])\d[\d.,]*(?=\/s\b)/g, '<n>'],
  // With its unit, which follows from the size of the number.
  [/(?<![\w.-])\d[\d.,]* (?:ms|s|min|h|days?)\b/g, '<time span>'],
  [/(?<![\w.-])\d[\d.,]* (?:kB|MB|GB)\b/g, '<size>'],
];

/** Members of JSON whose numbers are times or sizes of one run. */
const MEASURED = /(?:^|_)(?:ms|seconds|bytes|size|pid|port)$|^steps\./;

/** Text with machine-dependent numbers, ids and moments replaced by names in angle brackets. */
export function mask(text: string): string {
  return MASKS.reduce((masked, [pattern, name]) => masked.replace(pattern, name), text);
}

/** A text with the machine-dependent parts of an older one, where both have as many of a kind. */
export function keepMasked(older: string, text: string): string {
  return MASKS.reduce((kept, [pattern]) => {
    const before = older.match(pattern) ?? [];
    if (before.length !== (kept.match(pattern) ?? []).length) return kept;
    let at = 0;
    return kept.replace(pattern, (now) => before[at++] ?? now);
  }, text);
}

/** Whether the number at this place of a JSON document (`steps.embed`, `took_ms`) is one of this run alone. */
export function isMeasured(place: string): boolean {
  return MEASURED.test(place) || MEASURED.test(place.split('.').at(-1) ?? '');
}
