import { useState } from 'preact/hooks';
import { TableFrame } from '../TableFrame.js';
import type { Attribute } from './CategoryPanel.js';
import { FieldProblem, invalid } from './FieldProblem.js';
import { NameForm } from './NameForm.js';
import type { Drafting } from './useDraft.js';

interface Props {
  readonly attribute: Attribute;
  readonly edit: Drafting['edit'];
}

/** The values of an attribute: renamed, with other spellings, merged, added. */
export function Values({ attribute, edit }: Props) {
  const { id, name, values } = attribute;
  const [editing, setEditing] = useState<string>();
  const [fresh, setFresh] = useState('');
  const [problem, setProblem] = useState('');
  return (
    <>
      <TableFrame label={`Values of ${name}`}>
        <table class="table values">
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col">Also written as</th>
              <th scope="col">
                <span class="hidden">Edit</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {values.map((value) =>
              editing === value.name ? (
                <tr key={value.name}>
                  <td colSpan={3}>
                    <NameForm
                      what="value"
                      name={value.name}
                      aliases={value.aliases}
                      onCancel={() => setEditing(undefined)}
                      onSave={async (to, aliases) => {
                        const edits = [
                          ...(aliases === undefined
                            ? []
                            : [
                                {
                                  kind: 'value-aliases' as const,
                                  attribute: id,
                                  value: value.name,
                                  aliases: [...aliases],
                                },
                              ]),
                          ...(to === undefined
                            ? []
                            : [{ kind: 'rename-value' as const, attribute: id, value: value.name, to }]),
                        ];
                        const problem = edits.length === 0 ? '' : await edit(edits);
                        if (problem === '') setEditing(undefined);
                        return problem;
                      }}
                    >
                      <label class="field">
                        <span>Or merge it into another value</span>
                        <select
                          value=""
                          onChange={async (event) => {
                            const into = event.currentTarget.value;
                            if (into === '') return;
                            const merge = {
                              kind: 'merge-value' as const,
                              attribute: id,
                              value: value.name,
                              into,
                            };
                            if ((await edit([merge])) === '') setEditing(undefined);
                          }}
                        >
                          <option value="">Keep it</option>
                          {values
                            .filter((other) => other !== value)
                            .map((other) => (
                              <option key={other.name} value={other.name}>
                                {other.name}
                              </option>
                            ))}
                        </select>
                      </label>
                    </NameForm>
                  </td>
                </tr>
              ) : (
                <tr key={value.name}>
                  <th scope="row">{value.name}</th>
                  <td>{value.aliases.join(', ')}</td>
                  <td class="number">
                    <button
                      type="button"
                      class="button small"
                      aria-label={`Edit ${value.name}`}
                      onClick={() => setEditing(value.name)}
                    >
                      Edit
                    </button>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </TableFrame>
      {attribute.value_count > values.length && (
        <p class="about">And {(attribute.value_count - values.length).toLocaleString()} more values.</p>
      )}
      <form
        class="add-value"
        onSubmit={async (event) => {
          event.preventDefault();
          const value = fresh.trim();
          if (value === '') return;
          const reason = await edit([{ kind: 'add-value', attribute: id, value, aliases: [] }]);
          setProblem(reason);
          if (reason === '') setFresh('');
        }}
      >
        <label class="field">
          <span>New value of {name}</span>
          <input
            type="text"
            maxLength={200}
            value={fresh}
            {...invalid(problem, `${id}-problem`)}
            onInput={(event) => {
              setFresh(event.currentTarget.value);
              setProblem('');
            }}
          />
          <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>
        </label>
        <button type="submit" class="button" disabled={fresh.trim() === ''}>
          Add
        </button>
      </form>
    </>
  );
}
