import type { CategoryNode } from '../shared/api.js';
import { type State, withValues } from './state.js';

interface Props {
  readonly tree: readonly CategoryNode[];
  readonly state: State;
  readonly onChange: (next: State) => void;
}

/** The categories as a tree: the levels above the selected one, and those below it. */
export function CategoryTree({ tree, state, onChange }: Props) {
  const selected = (state.filters.category ?? []).map(String);
  if (tree.length === 0 || (tree.length === 1 && tree[0]?.children.length === 0 && selected.length === 0))
    return null;
  const choose = (path: string) =>
    onChange(withValues(state, 'category', selected.includes(path) ? parentOf(path) : [path]));
  return (
    <fieldset class="facet">
      <legend>Category</legend>
      <Level nodes={tree} selected={selected} onChoose={choose} />
    </fieldset>
  );
}

interface LevelProps {
  readonly nodes: readonly CategoryNode[];
  readonly selected: readonly string[];
  readonly onChoose: (path: string) => void;
}

function Level({ nodes, selected, onChoose }: LevelProps) {
  const isOpen = ({ value }: CategoryNode) =>
    selected.some((path) => path === value || path.startsWith(`${value} > `));
  // Beside an open category its siblings would only take place, unless it has nothing below.
  const open = nodes.filter((node) => isOpen(node) && node.children.length > 0);
  const shown = open.length > 0 ? open : nodes;
  return (
    <ul class="tree">
      {shown.map((node) => (
        <li key={node.value}>
          <button
            type="button"
            class="tree-node"
            aria-pressed={selected.includes(node.value)}
            data-open={isOpen(node) || undefined}
            onClick={() => onChoose(node.value)}
          >
            <span class="facet-value">{node.name}</span>
            <span class="count">{node.count.toLocaleString()}</span>
          </button>
          {node.children.length > 0 && (isOpen(node) || nodes.length === 1) && (
            <Level nodes={node.children} selected={selected} onChoose={onChoose} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** To deselect a category is to select the one above it; none at the top. */
function parentOf(path: string): string[] {
  const end = path.lastIndexOf(' > ');
  return end < 0 ? [] : [path.slice(0, end)];
}
