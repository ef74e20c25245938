'use client'

import { useId } from 'react'
import { useController, useFormContext, useWatch } from 'react-hook-form'
import { useFormField } from '#components/form-fields'
import { Checkbox } from '#components/ui/checkbox'
import { FieldError } from '#components/ui/field'
import { RadioGroup } from '#components/ui/radio-group'
import { PERMISSIONS } from '#lib/core/permissions'
import { useDesk } from '../../desk.tsx'
import { groupsOf, permissionText, scopeSentence } from '../words.ts'
import { holdsAll, isRead, type Preset, presetScopes, staxLacks } from './scope-presets.ts'

/** What the key may do: a preset, or scope by scope. Offers only what its maker holds. */
export function ScopePicker() {
  const { can } = useDesk()
  const { setValue } = useFormContext()
  const preset = useWatch({ name: 'preset' }) as Preset
  const scopes = useWatch({ name: 'scopes' }) as string[]
  const sentence = useId()
  const { id, error } = useFormField('scopes', 'Scopes')
  const lacks = staxLacks(can)

  function choose(next: Preset) {
    setValue('preset', next, { shouldDirty: true })
    if (next === 'own') return setValue('scopes', scopes.includes('*') ? PERMISSIONS.filter(isRead) : scopes)
    setValue('scopes', presetScopes(next, can), { shouldDirty: true, shouldValidate: true })
  }

  return (
    <div id={id} tabIndex={-1} className="flex flex-col gap-3">
      <RadioGroup
        legend="What it may do"
        value={preset}
        input={{
          name: 'preset',
          onChange: (event) => choose(event.target.value as Preset),
          'aria-describedby': sentence,
        }}
        options={[
          {
            value: 'full',
            label: 'Full',
            hint: holdsAll(can) ? 'Everything, also what future versions add.' : 'Everything that you may do yourself.',
          },
          { value: 'read', label: 'Read', hint: 'Sees everything that you see, changes nothing.' },
          {
            value: 'stax',
            label: 'Stax',
            hint:
              lacks.length === 0
                ? 'What the endpoints of the Stax API need.'
                : `Less than the Stax API needs, because your role lacks ${lacks.join(', ')}.`,
          },
          { value: 'own', label: 'Own choice', hint: 'Scope by scope.' },
        ]}
      />
      <p id={sentence} role="status" className="rounded-card bg-sunken px-3 py-2 text-small">
        {scopeSentence(scopes)}
      </p>
      {preset === 'own' && <Groups />}
      <FieldError error={error} />
    </div>
  )
}

function Groups() {
  const { can } = useDesk()
  const { field } = useController({ name: 'scopes' })
  const chosen = new Set(field.value as string[])
  function set(some: readonly string[], on: boolean) {
    const next = new Set(chosen)
    for (const scope of some) {
      if (on) next.add(scope)
      else next.delete(scope)
    }
    field.onChange([...next])
  }
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      {groupsOf(PERMISSIONS.filter(can)).map(({ noun, label, permissions }) => (
        <fieldset key={noun} className="flex min-w-0 flex-col gap-1">
          <legend className="mb-1 font-medium">{label}</legend>
          {permissions.map((permission) => (
            <Checkbox
              key={permission}
              label={
                <>
                  {permissionText(permission)}{' '}
                  <code dir="ltr" className="font-mono text-caption text-muted">
                    {permission}
                  </code>
                </>
              }
              checked={chosen.has(permission)}
              onChange={(event) => set([permission], event.target.checked)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}
