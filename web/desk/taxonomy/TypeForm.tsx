import { useId, useState } from 'preact/hooks';
import { counted } from '../../shared/format.js';
import type { Attribute } from './CategoryPanel.js';
import { FieldProblem, invalid } from './FieldProblem.js';
import { isType, TYPES } from './types.js';
import type { Drafting } from './useDraft.js';

interface Props {
  readonly attribute: Attribute;
  readonly edit: Drafting['edit'];
}

/** What an attribute holds: a list of values, a number in a unit, yes or no, or text. */
export function TypeForm({ attribute, edit }: Props) {
  const { id, name } = attribute;
  const [type, setType] = useState(attribute.type);
  const [unit, setUnit] = useState(attribute.unit ?? '');
  const [problem, setProblem] = useState('');
  const problemId = useId();
  const isNumber = type === 'number+unit';
  const changes = type !== attribute.type || (isNumber && unit.trim() !== (attribute.unit ?? ''));
  return (
    <form
      class="add-value"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!isType(type)) return;
        const measured = isNumber && unit.trim() !== '' ? { unit: unit.trim() } : {};
        setProblem(await edit([{ kind: 'attribute-type', attribute: id, type, ...measured }]));
      }}
    >
      <label class="field">
        <span>What {name} holds</span>
        <select
          value={type}
          {...invalid(problem, problemId)}
          onChange={(event) => {
            setType(event.currentTarget.value);
            setProblem('');
          }}
        >
          {Object.entries(TYPES).map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
        <FieldProblem id={problemId}>{problem}</FieldProblem>
      </label>
      {isNumber && (
        <label class="field">
          <span>Unit of {name}</span>
          <input
            type="text"
            maxLength={50}
            placeholder="none"
            value={unit}
            onInput={(event) => setUnit(event.currentTarget.value)}
          />
        </label>
      )}
      <button type="submit" class="button" disabled={!changes}>
        Change
      </button>
      {changes && attribute.value_count > 0 && type !== 'enum' && (
        <p class="about">Its list of {counted(attribute.value_count, 'value')} would be gone.</p>
      )}
    </form>
  );
}
