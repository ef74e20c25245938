'use client'

import { createContext, type ReactNode, type RefObject, use, useEffect } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import { Checkbox } from './ui/checkbox.tsx'
import { Field } from './ui/field.tsx'
import { Input, type InputProps, PasswordInput } from './ui/input.tsx'
import { RadioGroup, type RadioOption } from './ui/radio-group.tsx'
import { Select, type SelectProps } from './ui/select.tsx'
import { Switch } from './ui/switch.tsx'
import { Textarea, type TextareaProps } from './ui/textarea.tsx'

export type FormFieldsValue = {
  formId: string
  labels: RefObject<Map<string, string>>
  /** The field a card number was taken out of, and what is said then. */
  refused: string | undefined
  refusal: string
}

export const FormFieldsContext = createContext<FormFieldsValue | undefined>(undefined)

/** The id of a field's control, where the summary's links point. */
export function fieldId(formId: string, name: string): string {
  return `${formId}-${name.replaceAll('.', '-')}`
}

/** Ties a control to the form around it, for fields that are not below: its id, its error and `register(name)`. */
export function useFormField(name: string, label: string) {
  const fields = use(FormFieldsContext)
  const { register, getFieldState, control } = useFormContext()
  const formState = useFormState({ control, name })
  const { error } = getFieldState(name, formState)
  const labels = fields?.labels
  useEffect(() => {
    const known = labels?.current
    known?.set(name, label)
    return () => {
      known?.delete(name)
    }
  }, [labels, name, label])
  const refused = fields?.refused === name ? fields.refusal : undefined
  return { id: fieldId(fields?.formId ?? '', name), error: refused ?? error?.message, register }
}

type Named = { name: string; label: string; hint?: ReactNode }
type Texts = Named & { optional?: boolean; className?: string }

type TextFieldProps = Texts & { input?: Omit<InputProps, 'name' | 'id'> }

/** A line of text. `input` carries type, autocomplete and the like. */
export function TextField({ name, label, hint, optional, className, input }: TextFieldProps) {
  const { id, error, register } = useFormField(name, label)
  const options = input?.type === 'number' ? { valueAsNumber: true } : undefined
  const Control = input?.type === 'password' ? PasswordInput : Input
  return (
    <Field id={id} label={label} hint={hint} optional={optional} error={error} className={className}>
      <Control {...input} {...register(name, options)} />
    </Field>
  )
}

type TextareaFieldProps = Texts & { textarea?: Omit<TextareaProps, 'name' | 'id'> }

/** Text of several lines. */
export function TextareaField({ name, label, hint, optional, className, textarea }: TextareaFieldProps) {
  const { id, error, register } = useFormField(name, label)
  return (
    <Field id={id} label={label} hint={hint} optional={optional} error={error} className={className}>
      <Textarea {...textarea} {...register(name)} />
    </Field>
  )
}

type SelectFieldProps = Texts & Pick<SelectProps, 'options' | 'placeholder'>

/** One of a list. */
export function SelectField({ name, label, hint, optional, className, options, placeholder }: SelectFieldProps) {
  const { id, error, register } = useFormField(name, label)
  return (
    <Field id={id} label={label} hint={hint} optional={optional} error={error} className={className}>
      <Select options={options} placeholder={placeholder} {...register(name)} />
    </Field>
  )
}

/** Yes or no, as part of a form. */
export function CheckboxField({ name, label, hint }: Named) {
  const { id, error, register } = useFormField(name, label)
  return <Checkbox id={id} label={label} hint={hint} error={error} {...register(name)} />
}

/** On or off, as part of a form. */
export function SwitchField({ name, label, hint }: Named) {
  const { id, register } = useFormField(name, label)
  return <Switch id={id} label={label} hint={hint} {...register(name)} />
}

/** One of a few, all visible. */
export function RadioField({ name, label, hint, options }: Named & { options: readonly RadioOption[] }) {
  const { error, register } = useFormField(name, label)
  return <RadioGroup legend={label} options={options} hint={hint} error={error} input={register(name)} />
}
