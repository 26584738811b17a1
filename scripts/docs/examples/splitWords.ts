/** A word of a command line as a shell reads it, or an operator between words (`|`, `>`, `&&`, `;`). */
export interface Word {
  readonly text: string;
  readonly operator: boolean;
}

const OPERATORS = ['&&', '||', '>>', '>', '<', '|', ';', '&'];

/**
 * Splits a command line into words: quotes and backslashes are taken away, comments left out, nothing is expanded.
 * Undefined where a quote is not closed or the line ends with a backslash, so that the command goes on.
 */
export function splitWords(line: string): Word[] | undefined {
  const words: Word[] = [];
  let text = '';
  let inWord = false;
  const endWord = (): void => {
    if (inWord) words.push({ text, operator: false });
    text = '';
    inWord = false;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "'" || char === '"') {
      const end = closingQuote(line, at, char);
      if (end < 0) return undefined;
      const quoted = line.slice(at + 1, end);
      text += char === "'" ? quoted : quoted.replace(/\\(["\\$`])/g, '$1');
      inWord = true;
      at = end;
    } else if (char === '\\') {
      if (at + 1 === line.length) return undefined;
      at++;
      if (line.charAt(at) === '\n') continue;
      text += line.charAt(at);
      inWord = true;
    } else if (/\s/.test(char)) {
      endWord();
    } else if (char === '#' && !inWord) {
      const end = line.indexOf('\n', at);
      at = end < 0 ? line.length : end;
    } else {
      const operator = isPlaceholder(line, at)
        ? undefined
        : OPERATORS.find((one) => line.startsWith(one, at));
      if (operator === undefined) {
        text += char;
        inWord = true;
      } else {
        endWord();
        words.push({ text: operator, operator: true });
        at += operator.length - 1;
      }
    }
  }
  endWord();
  return words;
}

/** `<catalog>` stands for a word that the reader fills in. */
function isPlaceholder(line: string, at: number): boolean {
  return /^<[\w .-]+>/.test(line.slice(at)) || /<[\w .-]+>$/.test(line.slice(0, at + 1));
}

function closingQuote(line: string, opening: number, quote: string): number {
  for (let at = opening + 1; at < line.length; at++) {
    if (quote === '"' && line.charAt(at) === '\\') at++;
    else if (line.charAt(at) === quote) return at;
  }
  return -1;
}
