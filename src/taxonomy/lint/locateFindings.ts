import { YamlLines } from '../../domain/readYaml.js';
import { entryLine } from '../entryLines.js';
import type { LoadedTaxonomy } from '../load.js';
import type { Taxonomy } from '../schema.js';
import type { Finding } from './finding.js';

/** A finding with its file and line, if known. */
export interface LocatedFinding extends Finding {
  readonly file?: string;
  readonly line?: number;
}

/** Adds file and line to findings about a loaded taxonomy. Parses only files with findings again. */
export function locateFindings(
  { taxonomy, origins }: LoadedTaxonomy,
  findings: readonly Finding[],
): LocatedFinding[] {
  const finders = new Map<string, YamlLines>();
  return findings.map((finding) => {
    const path = pathOf(taxonomy, finding.where);
    const [head, index] = path;
    const origin = origins.get(`${head}.${index}`) ?? origins.get(`${head}`);
    if (origin === undefined) return finding;
    const [first = '', , ...rest] = path;
    const quick =
      origin.index === undefined ? undefined : entryLine(origin.text, first.toString(), origin.index);
    if (quick !== undefined) return { ...finding, file: origin.file, line: quick };
    const finder = finders.get(origin.file) ?? new YamlLines(origin.text);
    finders.set(origin.file, finder);
    const line = finder.lineOf(origin.index === undefined ? path : [first, origin.index, ...rest]);
    return { ...finding, file: origin.file, ...(line === undefined ? {} : { line }) };
  });
}

/** One line such as `error  footwear.yaml:12: categories.boots: …`, with file and line if known. */
export function describeFinding({ severity, rule, where, message, file, line }: LocatedFinding): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
  return `${severity}  ${place}${where}: ${message} (${rule})`;
}

/** Converts ids to indexes: `attributes.color.values.Red` → attributes, 3, values, 7. Ids can contain dots. */
function pathOf(taxonomy: Taxonomy, where: string): (string | number)[] {
  const indexed = /^(\w+)\[(\d+)\]$/.exec(where);
  if (indexed !== null) return [String(indexed[1]), Number(indexed[2])];
  for (const list of ['categories', 'attributes'] as const) {
    if (!where.startsWith(`${list}.`)) continue;
    const rest = where.slice(list.length + 1);
    let found: number | undefined;
    let length = -1;
    // A finding about a duplicate id is about the last entry with it.
    for (const [index, { id }] of taxonomy[list].entries()) {
      if (id.length < length || !(rest === id || rest.startsWith(`${id}.`))) continue;
      found = index;
      length = id.length;
    }
    if (found === undefined) return [list];
    const [part, ...name] = rest.slice(length + 1).split('.');
    const path = [list, found, ...(part === undefined || part === '' ? [] : [part])];
    const attribute = list === 'attributes' ? taxonomy.attributes[found] : undefined;
    if (part !== 'values' || attribute?.type !== 'enum') return path;
    const value = attribute.values.findLastIndex((one) => one.name === name.join('.'));
    return value < 0 ? path : [...path, value];
  }
  return [where];
}
