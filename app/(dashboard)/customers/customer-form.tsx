'use client'

import { type FocusEvent, useEffect, useRef, useState } from 'react'
import { type UseFormReturn, useFormState, useWatch } from 'react-hook-form'
import type { ZodType } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { DrawerFooter } from '#components/ui/drawer'
import { type CustomerForm, NOBODY_NAMED } from '#lib/customers/form'
import { DuplicateHint } from './duplicate-hint.tsx'
import { AccountSection, MoreSection, NoteSection } from './form-account.tsx'
import { AddressSections } from './form-addresses.tsx'
import { ContactSection, PersonSection } from './form-person.tsx'
import { PreferenceSection } from './form-preferences.tsx'

type Field = keyof CustomerForm & string

/** How a save was asked for. */
export type SaveWish = { again: boolean; anyway: boolean }

export type CustomerFormProps = {
  opened: CustomerForm
  schema: ZodType<CustomerForm, CustomerForm>
  /** The customer that is edited; none for a new one. */
  editing?: { id: number; hidden: { dateOfBirth: string | null; taxId: string | null; nationalId: string | null } }
  /** The field to start in. */
  start?: string
  onSave: (typed: CustomerForm, wish: SaveWish) => Promise<FormProblem | undefined>
  onCancel: () => void
}

const TELLING: readonly string[] = ['email', 'phone', 'memberId', 'name']

/** The form of a new or an existing customer, all sections. */
export function CustomerFormFields({ opened, schema, editing, start, onSave, onCancel }: CustomerFormProps) {
  const form = useZodForm(schema, opened)
  const wish = useRef<SaveWish>({ again: false, anyway: false })
  const submit = useRef<HTMLButtonElement>(null)
  const [asked, setAsked] = useState<CustomerForm>()
  const { setFocus } = form
  useEffect(() => {
    // The drawer first takes the focus itself; the field gets it afterwards.
    const timer = setTimeout(() => setFocus((start ?? 'name') as Field), 60)
    return () => clearTimeout(timer)
  }, [setFocus, start])

  useQuietName(form)

  async function save(typed: CustomerForm) {
    const wanted = wish.current
    wish.current = { again: false, anyway: false }
    return onSave(typed, wanted)
  }

  function left({ target }: FocusEvent<HTMLDivElement>) {
    if (target instanceof HTMLInputElement && TELLING.includes(target.name)) setAsked(form.getValues())
  }

  return (
    <Form form={form} onSubmit={save} label={editing ? 'Edit customer' : 'Add customer'} className="flex-1 gap-6">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens for fields that are left. */}
      <div onBlur={left} className="flex flex-col gap-6">
        <PersonSection hidden={editing?.hidden} />
        <ContactSection />
      </div>
      <AddressSections />
      <PreferenceSection />
      <AccountSection hidden={editing?.hidden} />
      <MoreSection />
      {!editing && <NoteSection />}
      <DrawerFooter sticky>
        <DuplicateHint
          asked={asked}
          opened={opened}
          except={editing?.id}
          onCreate={
            editing
              ? undefined
              : () => {
                  wish.current = { again: false, anyway: true }
                  submit.current?.click()
                }
          }
        />
        <Button onClick={onCancel}>Cancel</Button>
        {!editing && (
          <SubmitButton variant="secondary" onClick={() => (wish.current = { again: true, anyway: false })}>
            Save and new
          </SubmitButton>
        )}
        <SubmitButton ref={submit}>Save</SubmitButton>
      </DrawerFooter>
    </Form>
  )
}

/** Leaving the empty name on the way to the e-mail is no fault yet: that somebody must be named is told when saving. */
function useQuietName(form: UseFormReturn<CustomerForm, unknown, CustomerForm>) {
  const { clearErrors, control } = form
  const { errors, submitCount } = useFormState({ control })
  const [name, firstName, lastName, company, email] = useWatch({
    control,
    name: ['name', 'firstName', 'lastName', 'company', 'email'],
  })
  const named = Boolean(name || firstName || lastName || company || email)
  const unnamed = errors.name?.message === NOBODY_NAMED
  useEffect(() => {
    if (unnamed && (named || submitCount === 0)) clearErrors('name')
  }, [unnamed, named, submitCount, clearErrors])
}
