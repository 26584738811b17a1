import { useState } from 'preact/hooks';
import { shownField } from '../../shared/format.js';
import { TableFrame } from '../TableFrame.js';
import { ATTRIBUTE, type Choices, type Column, type Preview } from './mapping.js';

interface Props {
  readonly preview: Preview;
  readonly choices: Choices;
  readonly onChoice: (key: string, field: string) => void;
}

/** The columns of the file, with examples and what each one holds. */
export function Columns({ preview, choices, onChoice }: Props) {
  return (
    <TableFrame label="Columns of the file">
      <table class="table columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Holds</th>
            <th scope="col">Examples</th>
          </tr>
        </thead>
        <tbody>
          {preview.columns.map((column) => (
            <tr key={column.key}>
              <th scope="row">{column.name.trim() === '' ? <em>Without a name</em> : column.name}</th>
              <td>
                <Field
                  column={column}
                  fields={preview.fields}
                  chosen={choices[column.key] ?? ''}
                  onChoice={(field) => onChoice(column.key, field)}
                />
              </td>
              <td class="examples">
                {column.values.length === 0 ? (
                  <span class="about">Blank in the first rows</span>
                ) : (
                  column.values.map((value) => <span key={value}>{value}</span>)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

const OTHER = '*';

interface FieldProps {
  readonly column: Column;
  readonly fields: readonly string[];
  readonly chosen: string;
  readonly onChoice: (field: string) => void;
}

function Field({ column, fields, chosen, onChoice }: FieldProps) {
  const [naming, setNaming] = useState(false);
  const own = `${ATTRIBUTE}${column.name.trim() || column.key}`;
  const guessed = column.field?.startsWith(ATTRIBUTE) === true ? column.field : undefined;
  const attributes = [...new Set([guessed, own, chosen])].filter(
    (field): field is string => field?.startsWith(ATTRIBUTE) === true,
  );
  const label = `What “${column.name}” holds`;
  return (
    <span class="field-choice">
      <select
        aria-label={label}
        value={naming ? OTHER : chosen}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setNaming(value === OTHER);
          if (value !== OTHER) onChoice(value);
        }}
      >
        <option value="">Keep as it is</option>
        <optgroup label="Product">
          {fields.map((field) => (
            <option key={field} value={field}>
              {shownField(field)}
            </option>
          ))}
        </optgroup>
        <optgroup label="Attribute">
          {attributes.map((field) => (
            <option key={field} value={field}>
              {`Attribute “${field.slice(ATTRIBUTE.length)}”`}
            </option>
          ))}
          <option value={OTHER}>Another attribute…</option>
        </optgroup>
      </select>
      {naming && (
        <input
          type="text"
          aria-label={`Name of the attribute that “${column.name}” holds`}
          placeholder="Name, such as color"
          maxLength={100}
          onChange={(event) => {
            const name = event.currentTarget.value.trim();
            if (name === '') return;
            setNaming(false);
            onChoice(ATTRIBUTE + name);
          }}
        />
      )}
    </span>
  );
}
