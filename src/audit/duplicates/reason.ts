import type { Listing } from './listing.js';

/** Why two rows are held to be the same thing: what they share, the weightiest first, then what speaks against. */
export function reasonFor(a: Listing, b: Listing): string {
  const gtin = a.gtins.find((code) => b.gtins.includes(code));
  const code =
    [...a.codes].find((own) => b.codes.includes(own) || b.mentioned.includes(own)) ??
    b.codes.find((own) => a.mentioned.includes(own));
  const said: string[] = [];
  if (gtin !== undefined) said.push(`the same gtin ${gtin}`);
  if (code !== undefined) said.push(`the same code ${code.toUpperCase()}`);
  if (a.title === b.title) said.push('the same title');
  else {
    const shared = [...a.words].filter((word) => b.words.includes(word)).length;
    const fewest = Math.min(a.words.length, b.words.length);
    said.push(`${shared} of ${fewest} words of the shorter title`);
  }
  const [one, other] = [a.product.price, b.product.price];
  if (one !== undefined && other !== undefined && one > 0 && other > 0) {
    said.push(one === other ? 'the same price' : `prices ${one} and ${other}`);
  }
  if (a.group !== undefined && b.group !== undefined && a.group !== b.group)
    said.push('though in two groups');
  return said.join(', ');
}
