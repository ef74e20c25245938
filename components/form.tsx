'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import {
  type DefaultValues,
  type FieldValues,
  FormProvider,
  type Path,
  type UseFormReturn,
  useForm,
  useFormContext,
  useFormState,
} from 'react-hook-form'
import type { ZodType } from 'zod'
import { useCalmBlur } from './calm-blur.tsx'
import { holdsCardNumber } from './card-number.ts'
import { FormFieldsContext, type FormFieldsValue } from './form-fields.tsx'
import { type FormProblem, FormSummary } from './form-summary.tsx'
import { Button, type ButtonProps } from './ui/button.tsx'
import { cn } from './ui/cn.tsx'
import { useUnsavedGuard } from './unsaved.tsx'

/** A form checked by a zod schema: fields are judged when left, then on every change. */
export function useZodForm<Input extends FieldValues, Output extends FieldValues>(
  schema: ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
): UseFormReturn<Input, unknown, Output> {
  return useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: 'onTouched',
    // The summary takes the focus instead, and links to the fields.
    shouldFocusError: false,
  })
}

export type FormProps<Input extends FieldValues, Output extends FieldValues> = {
  form: UseFormReturn<Input, unknown, Output>
  /** Sends the checked values. Answers what went wrong, or nothing once it is saved. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing at all is meant, too.
  onSubmit: (values: Output) => Promise<FormProblem | undefined | void>
  children: ReactNode
  label?: string
  className?: string
}

/**
 * Sends once however often it is submitted, also by Ctrl or Cmd with Enter or S; shows what is wrong in a summary that
 * takes the focus; asks before unsaved input is lost; drops card numbers before they are sent.
 */
export function Form<Input extends FieldValues, Output extends FieldValues>({
  form,
  onSubmit,
  children,
  label,
  className,
}: FormProps<Input, Output>) {
  const [problem, setProblem] = useState<FormProblem & { attempt: number }>()
  const { fields, guardCards } = useFields(useId())
  const calmBlur = useCalmBlur()
  const attempts = useRef(0)
  const sending = useRef(false)

  async function send(values: Output) {
    const refused = await onSubmit(values).catch(() => unreachable)
    if (refused) {
      for (const [name, message] of Object.entries(refused.fields ?? {})) {
        if (fields.labels.current.has(name)) form.setError(pathOf<Input>(name), { type: 'server', message })
      }
      return fail(refused)
    }
    setProblem(undefined)
    form.reset(form.getValues())
  }

  function fail(refused: FormProblem) {
    attempts.current += 1
    setProblem({ ...refused, attempt: attempts.current })
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    event.stopPropagation()
    if (sending.current) return
    sending.current = true
    try {
      await form.handleSubmit(send, (errors) => {
        fail({ message: 'Some fields need another look.', fields: flatten(errors) })
      })()
    } finally {
      sending.current = false
    }
  }

  return (
    <FormProvider {...form}>
      <FormFieldsContext value={fields}>
        <form
          noValidate
          aria-label={label}
          onSubmit={submit}
          onKeyDown={submitByKeys}
          onInputCapture={guardCards}
          onBlurCapture={calmBlur}
          className={cn('flex flex-col gap-4', className)}
        >
          <UnsavedGuard />
          {problem && <FormSummary key={problem.attempt} problem={problem} />}
          <span role="alert" className="sr-only">
            {fields.refused && cardSentence}
          </span>
          {children}
        </form>
      </FormFieldsContext>
    </FormProvider>
  )
}

const cardSentence = 'Clientele never stores card numbers. The value was removed.'
const unreachable: FormProblem = {
  message: 'This was not saved, because the server could not be reached. What you typed is still here; try again.',
}

/** Ids and labels of the fields, and the one a card number was taken out of. */
function useFields(formId: string) {
  const [refused, setRefused] = useState<string>()
  const labels = useRef(new Map<string, string>())
  const fields = useMemo<FormFieldsValue>(() => ({ formId, labels, refused, refusal: cardSentence }), [formId, refused])
  // In the capture phase, so that the field's own handlers read the emptied value.
  function guardCards(event: FormEvent) {
    const { target } = event
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return
    if (holdsCardNumber(target.value)) {
      target.value = ''
      setRefused(target.name)
    } else if (refused === target.name && target.value !== '') {
      setRefused(undefined)
    }
  }
  return { fields, guardCards }
}

function submitByKeys(event: KeyboardEvent<HTMLFormElement>) {
  if (!(event.ctrlKey || event.metaKey) || (event.key !== 'Enter' && event.key !== 's')) return
  event.preventDefault()
  event.currentTarget.requestSubmit()
}

/** `{ address: { city: { message } } }` → `{ 'address.city': message }`. */
function flatten(errors: object, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [key, value] of Object.entries(errors)) {
    if (typeof value !== 'object' || value === null || key === 'ref') continue
    if ('message' in value && typeof value.message === 'string') found[prefix + key] = value.message
    else Object.assign(found, flatten(value, `${prefix}${key}.`))
  }
  return found
}

/** A name that a field of this form has registered is one of its paths. */
function pathOf<Input extends FieldValues>(name: string): Path<Input> {
  return name as Path<Input>
}

function UnsavedGuard() {
  const { isDirty, isSubmitting } = useFormState()
  useUnsavedGuard(isDirty && !isSubmitting)
  return null
}

/** The main button of a form; pending while it is sent, never disabled for invalid input. */
export function SubmitButton({ children, variant = 'primary', ...rest }: Omit<ButtonProps, 'type' | 'pending'>) {
  const { control } = useFormContext()
  const { isSubmitting } = useFormState({ control })
  return (
    <Button {...rest} type="submit" variant={variant} pending={isSubmitting}>
      {children}
    </Button>
  )
}
