/** A rule as the form shows it: everything as text, so that what is typed stays as it is until it is complete. */
export interface FormRule {
  readonly id: string;
  readonly note: string;
  readonly is: readonly string[];
  /** Whether it applies where shoppers have typed nothing. */
  readonly emptyQuery: boolean;
  readonly contains: readonly string[];
  readonly categories: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly pins: readonly { readonly id: string; readonly position: string }[];
  readonly hideIds: readonly string[];
  readonly hideFilter: string;
  readonly boost: readonly FilterShare[];
  readonly bury: readonly FilterShare[];
  readonly filter: string;
  readonly redirect: string;
  readonly inStockFirst: boolean;
  readonly newField: string;
  readonly newDays: string;
  readonly byField: readonly { readonly field: string; readonly weight: string }[];
}

export interface FilterShare {
  readonly filter: string;
  readonly by: string;
}

export const EMPTY_RULE: FormRule = {
  ...{
    id: '',
    note: '',
    is: [],
    emptyQuery: false,
    contains: [],
    categories: [],
    from: '',
    until: '',
    pins: [],
    hideIds: [],
  },
  ...{ hideFilter: '', boost: [], bury: [], filter: '', redirect: '', inStockFirst: false },
  ...{ newField: '', newDays: '', byField: [] },
};

type Plain = Readonly<Record<string, unknown>>;

/** The rule in the form; undefined for one with parts that the form does not have. */
export function toForm(raw: unknown): FormRule | undefined {
  const rule = plain(raw);
  const when = plain(rule.when);
  const then = plain(rule.then);
  const query =
    Array.isArray(when.query) || typeof when.query === 'string' ? { is: when.query } : plain(when.query);
  const newFirst = plain(then.new_first);
  const isKnown =
    hasOnly(rule, ['id', 'note', 'when', 'then']) &&
    hasOnly(when, ['query', 'category', 'from', 'until']) &&
    hasOnly(query, ['is', 'contains']) &&
    hasOnly(then, EFFECTS) &&
    hasOnly(newFirst, ['field', 'days']);
  if (!isKnown) return undefined;
  const hide = then.hide;
  return {
    id: textOf(rule.id),
    note: textOf(rule.note),
    is: texts(query.is).filter((text) => text.trim() !== ''),
    emptyQuery: texts(query.is).some((text) => text.trim() === ''),
    contains: texts(query.contains),
    categories: texts(when.category),
    from: textOf(when.from),
    until: textOf(when.until),
    pins: list(then.pin).map((pin) => ({ id: textOf(plain(pin).id), position: textOf(plain(pin).position) })),
    hideIds: Array.isArray(hide) ? hide.map(textOf) : [],
    hideFilter: typeof hide === 'string' ? hide : '',
    boost: list(then.boost).map(shareOf),
    bury: list(then.bury).map(shareOf),
    filter: textOf(then.filter),
    redirect: textOf(then.redirect),
    inStockFirst: then.in_stock_first === true,
    newField: textOf(newFirst.field),
    newDays: textOf(newFirst.days),
    byField: list(then.by_field).map((one) => ({
      field: textOf(plain(one).field),
      weight: textOf(plain(one).weight),
    })),
  };
}

const EFFECTS = [
  ...['pin', 'hide', 'boost', 'bury', 'redirect', 'filter'],
  ...['in_stock_first', 'new_first', 'by_field'],
];

/** The rule as it is published. Numbers that are none stay text, for the check to report. */
export function fromForm(form: FormRule): Plain {
  const is = [...filled(form.is), ...(form.emptyQuery ? [''] : [])];
  const contains = filled(form.contains);
  const categories = filled(form.categories);
  const hidden = filled(form.hideIds);
  const query = { ...(is.length > 0 && { is }), ...(contains.length > 0 && { contains }) };
  const when = {
    ...(contains.length === 0 && is.length > 0 ? { query: is } : Object.keys(query).length > 0 && { query }),
    ...(categories.length > 0 && { category: categories }),
    ...(form.from !== '' && { from: form.from }),
    ...(form.until !== '' && { until: form.until }),
  };
  const shares = (given: readonly FilterShare[]) =>
    given.map(({ filter, by }) => ({ filter, by: numberOf(by) }));
  return {
    id: form.id,
    ...(form.note !== '' && { note: form.note }),
    ...(Object.keys(when).length > 0 && { when }),
    then: {
      ...(form.pins.length > 0 && {
        pin: form.pins.map(({ id, position }) => ({ id, position: numberOf(position) })),
      }),
      ...(hidden.length > 0 && { hide: hidden }),
      ...(hidden.length === 0 && form.hideFilter !== '' && { hide: form.hideFilter }),
      ...(form.boost.length > 0 && { boost: shares(form.boost) }),
      ...(form.bury.length > 0 && { bury: shares(form.bury) }),
      ...(form.filter !== '' && { filter: form.filter }),
      ...(form.inStockFirst && { in_stock_first: true }),
      ...((form.newField !== '' || form.newDays !== '') && {
        new_first: { field: form.newField, days: numberOf(form.newDays) },
      }),
      ...(form.byField.length > 0 && {
        by_field: form.byField.map(({ field, weight }) => ({ field, weight: numberOf(weight) })),
      }),
      ...(form.redirect !== '' && { redirect: form.redirect }),
    },
  };
}

/** The lines of a text field, as typed. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** Without the empty lines of a field in which somebody is typing. */
function filled(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '');
}

function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function hasOnly(value: Plain, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function list(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function texts(value: unknown): string[] {
  return list(value).map(textOf);
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return value === undefined || value === null ? '' : String(value);
}

function shareOf(value: unknown): FilterShare {
  const { filter, by } = plain(value);
  return { filter: textOf(filter), by: textOf(by) };
}

function numberOf(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
