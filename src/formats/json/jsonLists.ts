import { CATEGORIES } from '../../domain/categoryPath.js';
import { isRecord } from '../../domain/isRecord.js';
import { categoryColumn, setCategories } from '../layout/categoryColumn.js';
import { listColumn, type SplitCell } from '../layout/listColumn.js';
import type { SourceRecord } from '../row.js';

/**
 * Learns from the first rows of a JSONL file which strings hold several values, as `listColumn` does for a table. The
 * result splits those of a record; it returns the same object if nothing changes.
 */
export function jsonLists(rows: readonly SourceRecord[]): (record: SourceRecord) => SourceRecord {
  const cells = new Map<string, string[]>();
  for (const row of rows) {
    if (!isRecord(row.attributes)) continue;
    for (const [name, value] of Object.entries(row.attributes)) {
      const strings = cells.get(name) ?? [];
      cells.set(name, strings);
      for (const item of [value].flat()) if (typeof item === 'string') strings.push(item);
    }
  }
  const split = new Map<string, SplitCell>([...cells].map(([name, values]) => [name, listColumn(values)]));
  const category = categoryColumn(rows.map((row) => row.category).filter((one) => typeof one === 'string'));
  const takesCategories = category.isList && rows.every((row) => !Object.hasOwn(row, CATEGORIES));
  return (record) => {
    let changed = record;
    if (takesCategories && typeof record.category === 'string') {
      const draft = { ...record };
      setCategories(draft, record.category, category);
      changed = draft;
    }
    if (!isRecord(record.attributes)) return changed;
    let attributes: Record<string, unknown> | undefined;
    for (const [name, value] of Object.entries(record.attributes)) {
      const read = typeof value === 'string' ? (split.get(name)?.(value) ?? value) : value;
      if (read === value) continue;
      attributes ??= { ...record.attributes };
      attributes[name] = read;
    }
    return attributes === undefined ? changed : { ...changed, attributes };
  };
}
