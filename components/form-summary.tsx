'use client'

import { CircleAlert } from 'lucide-react'
import { type MouseEvent, use, useEffect, useRef } from 'react'
import { FormFieldsContext, fieldId } from './form-fields.tsx'

/** Why a form was not saved. */
export type FormProblem = {
  /** What happened, what was kept, what to do: one plain sentence. */
  message: string
  /** Sentences by field name, `address.city` for nested ones. */
  fields?: Readonly<Record<string, string>>
  requestId?: string
}

/** Says at the top of a form what is wrong, takes the focus and links to the fields. */
export function FormSummary({ problem }: { problem: FormProblem }) {
  const box = useRef<HTMLDivElement>(null)
  const form = use(FormFieldsContext)
  useEffect(() => box.current?.focus(), [])

  function goTo(event: MouseEvent, id: string) {
    event.preventDefault()
    document.getElementById(id)?.focus()
  }

  return (
    <div ref={box} role="alert" tabIndex={-1} className="flex gap-2 rounded-card bg-danger-soft px-3 py-2">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" strokeWidth={1.5} />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">{problem.message}</p>
        {problem.fields && (
          <ul className="mt-1">
            {Object.entries(problem.fields).map(([name, sentence]) => {
              const label = form?.labels.current.get(name)
              if (!form || !label) return <li key={name}>{sentence}</li>
              const id = fieldId(form.formId, name)
              return (
                <li key={name}>
                  <a href={`#${id}`} onClick={(event) => goTo(event, id)} className="rounded-badge underline">
                    {label}
                  </a>
                  : {sentence}
                </li>
              )
            })}
          </ul>
        )}
        {problem.requestId && (
          <p className="mt-1 text-small text-muted">
            Request <code className="font-mono">{problem.requestId}</code>
          </p>
        )}
      </div>
    </div>
  )
}
