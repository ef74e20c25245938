'use client'

import { useRouter } from 'next/navigation'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { RadioField } from '#components/form-fields'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { notify } from '#components/ui/toast'
import { useLeave } from '#components/unsaved'
import { type Permission, ROLES, type Role } from '#lib/core/permissions'
import { useDesk } from '../../desk.tsx'
import { setRoleAction } from '../actions.ts'
import { problemOf, sentenceOf } from '../outcome.ts'
import type { Member } from '../reads.ts'
import { raises, rightsChange } from '../rights.ts'
import { sayNotUndone, useAct } from '../use-act.ts'
import { permissionText, roleName } from '../words.ts'
import { roleOptions } from './role-options.tsx'

const RoleForm = z.object({ role: z.enum(ROLES) })

type RoleDrawerProps = { member: Member; at: Member['memberships'][number]; own: boolean; onClose: () => void }

/** Gives a member another role at one merchant, and shows before what that adds and takes away. */
export function RoleDrawer({ member, at, own, onClose }: RoleDrawerProps) {
  const { can } = useDesk()
  const router = useRouter()
  const act = useAct()
  const leave = useLeave()
  const form = useZodForm(RoleForm, { role: at.role })
  const { merchantId, merchantName } = at
  const options = roleOptions(can).map((option) =>
    own && raises(at.role, option.value as Role)
      ? { ...option, disabled: true, hint: 'You cannot raise your own role.' }
      : option,
  )

  const set = (role: Role) => act((m) => setRoleAction(m, { staffId: member.id, role, merchantId }))

  async function save({ role }: z.output<typeof RoleForm>): Promise<FormProblem | undefined> {
    const outcome = await set(role)
    if (!outcome.ok) return problemOf(outcome.error)
    notify({
      title: `${member.name} is ${roleName(role)} now`,
      description: merchantName,
      // Whoever lowered the own role may not take that back: nobody raises themselves.
      undo: own
        ? undefined
        : async () => {
            const back = await set(at.role)
            sayNotUndone(back.ok ? undefined : sentenceOf(back.error))
          },
    })
    if (own) router.refresh()
    setTimeout(onClose)
    return undefined
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  return (
    <Drawer
      open
      onOpenChange={close}
      title={`Change the role of ${member.name}`}
      description={`At ${merchantName} and everything below it`}
    >
      <Form form={form} onSubmit={save} label="Change role" className="flex-1">
        <RadioField name="role" label="Role" options={options} />
        <Preview before={at.role} />
        <DrawerFooter sticky>
          <Button onClick={() => close(false)}>Cancel</Button>
          <SubmitButton>Change role</SubmitButton>
        </DrawerFooter>
      </Form>
    </Drawer>
  )
}

function Preview({ before }: { before: Role }) {
  const after = useWatch({ name: 'role' }) as Role
  const { gained, lost } = rightsChange(before, after)
  return (
    <div role="status" className="grid gap-4 sm:grid-cols-2">
      {gained.length === 0 && lost.length === 0 ? (
        <p className="text-muted sm:col-span-2">Nothing changes: this is the role they have.</p>
      ) : (
        <>
          <Rights title="Gained" permissions={gained} />
          <Rights title="Lost" permissions={lost} />
        </>
      )}
    </div>
  )
}

function Rights({ title, permissions }: { title: string; permissions: readonly Permission[] }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 font-medium">
        {title}: {permissions.length || 'nothing'}
      </h3>
      <ul className="flex flex-col gap-1 text-small">
        {permissions.map((permission) => (
          <li key={permission}>
            {permissionText(permission)} <code className="font-mono text-caption text-muted">{permission}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
