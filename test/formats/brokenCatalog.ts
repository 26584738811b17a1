/** Kinds of broken CSV lines (id,title,description,price,color). Each function returns such a line. */
const BREAKAGES: readonly ((id: string) => Buffer)[] = [
  (id) => Buffer.from(`${id},"Never closed ${id},a description,5.00,red`),
  (id) => Buffer.from(`${id},"Inner "quote" ${id}",a description,5.00,red`),
  (id) => Buffer.from(`${id},Too few ${id}`),
  (id) => Buffer.from(`${id},Too many ${id},a description,5.00,red,blue,green`),
  () => Buffer.from(',No id,a description,5.00,red'),
  () => Buffer.from('1,Second row of id 1,a description,5.00,red'),
  (id) =>
    Buffer.concat([
      Buffer.from(`${id},Bad bytes `),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
      Buffer.from(',x,5.00,red'),
    ]),
  (id) => Buffer.from(`${id},A NUL \0 ${id},x,5.00,red`),
  (id) => Buffer.from(`${id},title,a description,5.00,"open at the end`),
];

export interface BrokenCatalog {
  readonly content: Buffer;
  readonly goodIds: readonly string[];
  /** 1-based lines where broken rows begin. */
  readonly badLines: readonly number[];
}

/**
 * A CSV file of 300 rows. Rows in `brokenAt` are broken, with each kind in turn; the others are valid: plain, quoted,
 * or with line breaks in cells.
 */
export function brokenCatalog(brokenAt: ReadonlySet<number>, first = 0, ending = '\n'): BrokenCatalog {
  const parts: Buffer[] = [Buffer.from(`id,title,description,price,color${ending}`)];
  const goodIds: string[] = [];
  const badLines: number[] = [];
  let line = 2;
  let breakage = first;
  for (let row = 1; row <= 300; row++) {
    const id = String(row);
    if (brokenAt.has(row)) {
      const broken = BREAKAGES[breakage % BREAKAGES.length]?.(id) ?? Buffer.alloc(0);
      parts.push(broken, Buffer.from(ending));
      badLines.push(line);
      breakage++;
      line++;
      continue;
    }
    goodIds.push(id);
    if (row % 4 === 0) parts.push(Buffer.from(`${id},"Shirt, ""Nº"" ${id}",Café,${row}.50,red${ending}`));
    else if (row % 7 === 0) {
      parts.push(Buffer.from(`${id},Shirt ${id},"first${ending}second, line${ending}",${row}.50,${ending}`));
      line += 2;
    } else parts.push(Buffer.from(`${id},Shirt ${id} 17" wide,plain,${row}.50,blue${ending}`));
    line++;
  }
  return { content: Buffer.concat(parts), goodIds, badLines };
}
