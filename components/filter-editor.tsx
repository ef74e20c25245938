'use client'

import type { Filter, FilterField } from './filter-model.tsx'
import { Checkbox } from './ui/checkbox.tsx'
import { Field } from './ui/field.tsx'
import { Input } from './ui/input.tsx'
import { Select } from './ui/select.tsx'

type FilterEditorProps = { field: FilterField; filter: Filter; onChange: (filter: Filter) => void }

/** The controls of one filter; every change applies at once. */
export function FilterEditor({ field, filter, onChange }: FilterEditorProps) {
  return (
    <div className="flex flex-col gap-3">
      {field.negatable && (
        <Select
          aria-label={`${field.label}: condition`}
          value={filter.not ? 'not' : 'is'}
          onChange={(event) => onChange({ ...filter, not: event.target.value === 'not' })}
          options={[
            { value: 'is', label: 'is' },
            { value: 'not', label: 'is not' },
          ]}
        />
      )}
      {field.kind === 'choice' && <Choices field={field} filter={filter} onChange={onChange} />}
      {field.kind === 'text' && (
        <Input
          aria-label={field.label}
          value={filter.values[0] ?? ''}
          onChange={(event) => onChange({ ...filter, values: [event.target.value] })}
        />
      )}
      {(field.kind === 'range' || field.kind === 'dates') && <Ends field={field} filter={filter} onChange={onChange} />}
    </div>
  )
}

function Choices({ field, filter, onChange }: FilterEditorProps) {
  function choose(value: string, chosen: boolean) {
    const values = filter.values.filter((each) => each !== value)
    onChange({ ...filter, values: chosen ? [...values, value] : values })
  }
  return (
    <fieldset className="max-h-72 overflow-y-auto">
      <legend className="sr-only">{field.label}</legend>
      {field.options?.map(({ value, label, count }) => (
        <Checkbox
          key={value}
          className="py-1"
          checked={filter.values.includes(value)}
          onChange={(event) => choose(value, event.target.checked)}
          label={
            <>
              {label}
              {count !== undefined && (
                <span data-figures className="ms-2 text-small text-muted">
                  {count}
                </span>
              )}
            </>
          }
        />
      ))}
    </fieldset>
  )
}

function Ends({ field, filter, onChange }: FilterEditorProps) {
  const [from = '', to = ''] = filter.values
  const type = field.kind === 'dates' ? 'date' : 'number'
  return (
    <div className="grid grid-cols-2 gap-2">
      <Field label="From" optional>
        <Input
          type={type}
          value={from}
          onChange={(event) => onChange({ ...filter, values: [event.target.value, to] })}
        />
      </Field>
      <Field label="To" optional>
        <Input
          type={type}
          value={to}
          onChange={(event) => onChange({ ...filter, values: [from, event.target.value] })}
        />
      </Field>
    </div>
  )
}
