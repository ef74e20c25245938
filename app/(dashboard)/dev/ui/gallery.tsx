'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { PageHeader } from '#components/page-header'
import { setTheme, useTheme } from '#components/theme'
import { parseTheme } from '#components/theme-cookie'
import { Field } from '#components/ui/field'
import { Select, type SelectOption } from '#components/ui/select'
import { Actions } from './actions.tsx'
import { Fields } from './fields.tsx'
import { Forms } from './forms.tsx'
import { Overlays } from './overlays.tsx'
import { States } from './states.tsx'
import { Tables } from './tables.tsx'
import { Tokens } from './tokens.tsx'
import { Values } from './values.tsx'

/** Every component in every variant and state, with made-up data. */
export function Gallery() {
  return (
    <>
      <PageHeader title="Components" context="Every component in every variant and state, with made-up data." />
      <Switches />
      <div className="flex flex-col gap-8">
        <Tokens />
        <Actions />
        <Values />
        <Fields />
        <Forms />
        <Tables />
        <States />
        <Overlays />
      </div>
    </>
  )
}

const textSizes: SelectOption[] = [
  { value: '100%', label: '100 %' },
  { value: '150%', label: '150 %' },
  { value: '200%', label: '200 %' },
]
const directions: SelectOption[] = [
  { value: 'ltr', label: 'Left to right' },
  { value: 'rtl', label: 'Right to left' },
]
const motions: SelectOption[] = [
  { value: 'full', label: 'As the system' },
  { value: 'reduced', label: 'Reduced' },
]

/** What a screen must bear: theme, direction, text size and motion, applied to the whole page while it is open. */
function Switches() {
  const theme = useTheme()
  const [direction, setDirection] = useState('ltr')
  const [size, setSize] = useState('100%')
  const [motion, setMotion] = useState('full')

  useEffect(() => {
    const page = document.documentElement
    const before = { dir: page.dir, motion: page.dataset.motion }
    page.dir = direction
    page.style.fontSize = size
    page.dataset.motion = motion
    return () => {
      page.dir = before.dir
      page.style.fontSize = ''
      if (before.motion === undefined) delete page.dataset.motion
      else page.dataset.motion = before.motion
    }
  }, [direction, size, motion])

  return (
    <Controls>
      <Field label="Theme">
        <Select
          value={theme}
          onChange={(event) => setTheme(parseTheme(event.target.value))}
          options={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'system', label: 'As the system' },
          ]}
        />
      </Field>
      <Field label="Direction">
        <Select value={direction} onChange={(event) => setDirection(event.target.value)} options={directions} />
      </Field>
      <Field label="Text size">
        <Select value={size} onChange={(event) => setSize(event.target.value)} options={textSizes} />
      </Field>
      <Field label="Motion">
        <Select value={motion} onChange={(event) => setMotion(event.target.value)} options={motions} />
      </Field>
    </Controls>
  )
}

function Controls({ children }: { children: ReactNode }) {
  return (
    <fieldset className="mb-6 grid min-w-0 grid-cols-[repeat(auto-fit,minmax(min(9rem,100%),1fr))] gap-3 rounded-card border bg-surface p-4">
      <legend className="sr-only">How the page is shown</legend>
      {children}
    </fieldset>
  )
}
