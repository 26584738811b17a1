import { findSizes } from '../../text/sizes.js';

const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
/** `from 5 kg to`, `5 bis`, `between 5 and`; `and` alone lists two sizes. */
const RANGES = [
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:(?:from|for|von|für|de)\s+)?(?<from>${NUMBER}\s?(?:[\p{L}"″]{1,10}\.?)?)\s+(?:to|bis|à)\s+(?=\d)`,
    'giu',
  ),
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:between|zwischen|entre)\s+(?<from>${NUMBER}\s?(?:[\p{L}"″]{1,10}\.?)?)\s+(?:and|und|et|y)\s+(?=\d)`,
    'giu',
  ),
];

/**
 * The text with a dash between the numbers of a range of sizes, as titles write it: `5-10 kg` for `between 5 and 10 kg`.
 * Words around a range are no words to look for.
 */
export function withPlainRanges(text: string): string {
  if (!/\d\D+\d/.test(text)) return text;
  return RANGES.reduce(
    (plain, range) =>
      plain.replace(range, (written: string, from: string, at: number) =>
        findSizes(plain).some(({ kind, start }) => kind === 'size' && start === at + written.length)
          ? `${from.trim()} - `
          : written,
      ),
    text,
  );
}
