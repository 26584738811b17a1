import { useId, useState } from 'preact/hooks';
import type { Category } from './CategoriesView.js';
import { FieldProblem, invalid } from './FieldProblem.js';
import type { Drafting } from './useDraft.js';

interface AddProps {
  /** Null for the top. */
  readonly parent: Pick<Category, 'id' | 'name'> | null;
  readonly edit: Drafting['edit'];
}

/** A new category in another one, or at the top. */
export function AddCategory({ parent, edit }: AddProps) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  return (
    <form
      class="add-value"
      onSubmit={async (event) => {
        event.preventDefault();
        const reason = await edit([{ kind: 'add-category', name: name.trim(), parent: parent?.id ?? null }]);
        setProblem(reason);
        if (reason === '') setName('');
      }}
    >
      <label class="field">
        <span>{parent === null ? 'New category at the top' : `New category in ${parent.name}`}</span>
        <input
          type="text"
          maxLength={200}
          value={name}
          {...invalid(problem, problemId)}
          onInput={(event) => {
            setName(event.currentTarget.value);
            setProblem('');
          }}
        />
        <FieldProblem id={problemId}>{problem}</FieldProblem>
      </label>
      <button type="submit" class="button" disabled={name.trim() === ''}>
        Add
      </button>
    </form>
  );
}

interface MoveProps {
  readonly id: string;
  readonly categories: readonly Category[];
  readonly edit: Drafting['edit'];
}

/** Moves a category, with all below it, into another one. */
export function MoveCategory({ id, categories, edit }: MoveProps) {
  const [to, setTo] = useState('');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const paths = pathsOf(categories);
  const own = paths.get(id) ?? '';
  const places = [...paths]
    .filter(([one, path]) => one !== id && !path.startsWith(`${own} > `))
    .sort(([, a], [, b]) => a.localeCompare(b));
  return (
    <form
      class="add-value"
      onSubmit={async (event) => {
        event.preventDefault();
        const reason = await edit([{ kind: 'move-category', category: id, parent: to === TOP ? null : to }]);
        setProblem(reason);
        if (reason === '') setTo('');
      }}
    >
      <label class="field">
        <span>Move it, with all below it, into</span>
        <select
          value={to}
          {...invalid(problem, problemId)}
          onChange={(event) => {
            setTo(event.currentTarget.value);
            setProblem('');
          }}
        >
          <option value="">Choose a place</option>
          <option value={TOP}>The top</option>
          {places.map(([one, path]) => (
            <option key={one} value={one}>
              {path}
            </option>
          ))}
        </select>
        <FieldProblem id={problemId}>{problem}</FieldProblem>
      </label>
      <button type="submit" class="button" disabled={to === ''}>
        Move
      </button>
    </form>
  );
}

/** No id has a line break. */
const TOP = '\n';

function pathsOf(categories: readonly Category[]): Map<string, string> {
  const byId = new Map(categories.map((category) => [category.id, category]));
  return new Map(
    categories.map((category) => {
      const names: string[] = [];
      const seen = new Set<string>();
      for (let at: Category | undefined = category; at !== undefined && !seen.has(at.id); ) {
        seen.add(at.id);
        names.unshift(at.name);
        at = at.parent === null ? undefined : byId.get(at.parent);
      }
      return [category.id, names.join(' > ')];
    }),
  );
}
