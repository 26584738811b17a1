/** A piece of a text, and whether a word of the query matches it. */
export interface Piece {
  readonly text: string;
  readonly matched: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** The pieces of a highlighted field: HTML with escaped text, and with `<em>` around what matches. */
export function highlighted(html: string): Piece[] {
  return html
    .split(/(<em>.*?<\/em>)/s)
    .filter((part) => part !== '')
    .map((part) => {
      const matched = part.startsWith('<em>');
      const inside = matched ? part.slice('<em>'.length, -'</em>'.length) : part;
      return {
        matched,
        text: inside.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity),
      };
    });
}
