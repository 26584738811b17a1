import { useState } from 'preact/hooks';
import { type Answer, call } from '../../shared/call.js';
import { counted } from '../../shared/format.js';
import { Failure } from '../Failure.js';
import { useAnswer } from '../useAnswer.js';
import type { Category } from './CategoriesView.js';
import { AddCategory, MoveCategory } from './CategoryForms.js';
import { NameForm } from './NameForm.js';
import { TypeForm } from './TypeForm.js';
import { isType, TYPES } from './types.js';
import type { Drafting, Edit } from './useDraft.js';
import { Values } from './Values.js';

type Shown = Answer<'/v1/taxonomy/categories/{id}', 'get'>;
export type Attribute = Shown['attributes'][number];

interface Props {
  readonly id: string;
  /** With those of narrower categories. */
  readonly products: number;
  readonly categories: readonly Category[];
  readonly drafting: Drafting;
}

/** A category with its attributes and their values, each of which can be edited. */
export function CategoryPanel({ id, products, categories, drafting }: Props) {
  const { draft, edit } = drafting;
  const [editing, setEditing] = useState<string>();
  const { answer, error, reload } = useAnswer(`category ${id} ${draft?.revision ?? ''}`, (signal) =>
    call('get', '/v1/taxonomy/categories/{id}', { path: { id }, signal }),
  );
  const [last, setLast] = useState<Shown>();
  if (answer !== undefined && answer !== last) setLast(answer);
  if (error !== undefined) return <Failure error={error} onRetry={reload} />;
  // While an edit is read again, what was there stays.
  const shown = answer ?? last;
  if (shown === undefined) return <p class="waiting">Loading…</p>;
  const save = async (edits: readonly Edit[]) => {
    const problem = edits.length === 0 ? '' : await edit(edits);
    if (problem === '') setEditing(undefined);
    return problem;
  };
  return (
    <>
      <div class="panel">
        <div class="panel-head">
          <h2>{shown.path}</h2>
          <button type="button" class="button small" onClick={() => setEditing('category')}>
            Edit category
          </button>
        </div>
        <p class="about">
          {products.toLocaleString()} {products === 1 ? 'product' : 'products'}
          {shown.aliases.length > 0 && ` · also called ${shown.aliases.join(', ')}`}
        </p>
        {editing === 'category' && (
          <NameForm
            what="category"
            name={shown.name}
            aliases={shown.aliases}
            onCancel={() => setEditing(undefined)}
            onSave={(name, aliases) =>
              save([
                ...(aliases === undefined
                  ? []
                  : [{ kind: 'category-aliases' as const, category: id, aliases: [...aliases] }]),
                ...(name === undefined ? [] : [{ kind: 'rename-category' as const, category: id, to: name }]),
              ])
            }
          />
        )}
      </div>
      <details class="panel attribute">
        <summary>
          <strong>Add or move categories</strong>
        </summary>
        <AddCategory parent={shown} edit={edit} />
        <MoveCategory id={id} categories={categories} edit={edit} />
        <p class="about">
          Moving it is about {counted(products, 'product')}. Products whose category the shop wrote with the
          old path are not found there until the shop writes the new one; the draft counts them.
        </p>
      </details>
      <h2 class="attributes-title">Attributes</h2>
      {shown.attributes.length === 0 && <p class="about">Products of this category carry no attributes.</p>}
      {shown.attributes.map((attribute) => (
        <details key={attribute.id} class="panel attribute">
          <summary>
            <strong>{attribute.name}</strong>
            <span class="about">
              {attribute.value_count > 0
                ? `${attribute.value_count.toLocaleString()} values`
                : `${isType(attribute.type) ? TYPES[attribute.type] : attribute.type}${attribute.unit === null ? '' : ` in ${attribute.unit}`}`}
              {attribute.required && ' · required'}
              {attribute.aliases.length > 0 && ` · also called ${attribute.aliases.join(', ')}`}
            </span>
          </summary>
          {editing === attribute.id ? (
            <NameForm
              what="attribute"
              name={attribute.name}
              aliases={attribute.aliases}
              onCancel={() => setEditing(undefined)}
              onSave={(name, aliases) =>
                save([
                  ...(aliases === undefined
                    ? []
                    : [
                        {
                          kind: 'attribute-aliases' as const,
                          attribute: attribute.id,
                          aliases: [...aliases],
                        },
                      ]),
                  ...(name === undefined
                    ? []
                    : [{ kind: 'rename-attribute' as const, attribute: attribute.id, to: name }]),
                ])
              }
            />
          ) : (
            <button type="button" class="button small" onClick={() => setEditing(attribute.id)}>
              Edit {attribute.name}
            </button>
          )}
          <TypeForm key={`${attribute.type} ${attribute.unit}`} attribute={attribute} edit={edit} />
          {attribute.type === 'enum' && <Values attribute={attribute} edit={edit} />}
        </details>
      ))}
    </>
  );
}
