import { useMemo, useState } from 'preact/hooks';
import type { Answer } from '../../shared/call.js';
import { deskPath, useDeskAddress } from '../address.js';
import { DeskLink } from '../DeskLink.js';
import { AddCategory } from './CategoryForms.js';
import { CategoryPanel } from './CategoryPanel.js';
import type { Drafting } from './useDraft.js';

export type Category = Answer<'/v1/taxonomy', 'get'>['categories'][number];

interface Props {
  readonly categories: readonly Category[];
  readonly drafting: Drafting;
}

const MAX_FOUND = 100;

/** The tree of categories, and the chosen one beside it. */
export function CategoriesView({ categories, drafting }: Props) {
  const { parameters } = useDeskAddress();
  const chosen = parameters.get('category') ?? undefined;
  const [sought, setSought] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { children, byId, totals } = useMemo(() => treeOf(categories), [categories]);
  const ancestors = new Set<string>();
  for (let at = byId.get(chosen ?? '')?.parent; at != null; at = byId.get(at)?.parent) ancestors.add(at);
  const wanted = sought.trim().toLowerCase();
  const found = wanted === '' ? [] : categories.filter(({ name }) => name.toLowerCase().includes(wanted));
  const link = ({ id, name }: Category) => (
    <>
      <DeskLink to={deskPath('taxonomy', { view: 'categories', category: id })} current={id === chosen}>
        {name}
      </DeskLink>
      <span class="count">{(totals.get(id) ?? 0).toLocaleString()}</span>
    </>
  );
  const level = (parent: string | null) => (
    <ul>
      {(children.get(parent) ?? []).map((category) => {
        const { id, name } = category;
        const inner = children.has(id);
        const isOpen = open.has(id) || ancestors.has(id);
        return (
          <li key={id}>
            <span class="node">
              {inner ? (
                <button
                  type="button"
                  class="twist"
                  aria-expanded={isOpen}
                  aria-label={`Categories in ${name}`}
                  onClick={() => {
                    const next = new Set(open);
                    if (isOpen) next.delete(id);
                    else next.add(id);
                    setOpen(next);
                  }}
                >
                  <svg viewBox="0 0 12 12" aria-hidden="true">
                    <path d="M4 2.5 8 6l-4 3.5" />
                  </svg>
                </button>
              ) : (
                <span class="twist" />
              )}
              {link(category)}
            </span>
            {inner && isOpen && level(id)}
          </li>
        );
      })}
    </ul>
  );
  return (
    <div class="taxonomy">
      <nav class="tree" aria-label="Categories">
        <label class="field">
          <span>Find a category</span>
          <input type="search" value={sought} onInput={(event) => setSought(event.currentTarget.value)} />
        </label>
        <p class="about">
          Products filed by the shop or by a filled value, drafts, archived ones and each variant too.
          Suggested categories do not count; shoppers see the variants of a product as one.
        </p>
        {wanted === '' ? (
          level(null)
        ) : (
          <ul>
            {found.slice(0, MAX_FOUND).map((category) => (
              <li key={category.id}>
                <span class="node">{link(category)}</span>
              </li>
            ))}
            {found.length === 0 && <li class="about">No category has this in its name.</li>}
          </ul>
        )}
        <AddCategory parent={null} edit={drafting.edit} />
      </nav>
      <div class="chosen">
        {chosen === undefined || !byId.has(chosen) ? (
          <p class="empty">Choose a category to see its attributes and values.</p>
        ) : (
          <CategoryPanel
            key={chosen}
            id={chosen}
            products={totals.get(chosen) ?? 0}
            categories={categories}
            drafting={drafting}
          />
        )}
      </div>
    </div>
  );
}

/** Children by parent, and the products of each category with those of narrower ones. */
function treeOf(categories: readonly Category[]) {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const children = new Map<string | null, Category[]>();
  const totals = new Map<string, number>();
  for (const category of categories) {
    const parent = category.parent !== null && byId.has(category.parent) ? category.parent : null;
    const siblings = children.get(parent) ?? [];
    children.set(parent, siblings);
    siblings.push(category);
    const seen = new Set<string>();
    for (let at: Category | undefined = category; at !== undefined && !seen.has(at.id); ) {
      seen.add(at.id);
      totals.set(at.id, (totals.get(at.id) ?? 0) + category.products);
      at = at.parent === null ? undefined : byId.get(at.parent);
    }
  }
  return { byId, children, totals };
}
