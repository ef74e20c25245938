'use client'

import { useState } from 'react'
import type { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { RadioField, TextareaField } from '#components/form-fields'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { Notice } from '#components/ui/notice'
import { notify } from '#components/ui/toast'
import { useLeave } from '#components/unsaved'
import { useDesk } from '../../desk.tsx'
import { inviteAction, withdrawInvitationAction } from '../actions.ts'
import { problemOf, sentenceOf } from '../outcome.ts'
import { sayNotUndone, useAct } from '../use-act.ts'
import { InviteForm } from './invite-form.ts'
import { LinkRow } from './link-row.tsx'
import { roleOptions } from './role-options.tsx'

type Sent = { id: number; email: string; link: string; mailed: boolean }
type Result = { sent: Sent[]; failed: { email: string; reason: string }[] }

/** Inviting one or many with one role; afterwards the links to hand over. */
export function InviteDrawer({ merchant, onClose }: { merchant: string; onClose: () => void }) {
  const { can } = useDesk()
  const leave = useLeave()
  const invite = useInvite()
  const [result, setResult] = useState<Result>()
  const form = useZodForm(InviteForm, { emails: '', role: 'support' })

  async function send({ emails, role }: z.output<typeof InviteForm>): Promise<FormProblem | undefined> {
    const { problem, ...made } = await invite(emails, role)
    if (made.sent.length === 0 && problem) return problem
    // After the form has become clean, so that nothing asks about unsaved input.
    setTimeout(() => setResult(made))
    return undefined
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  return (
    <Drawer open onOpenChange={close} title="Invite people" description={`To ${merchant} and everything below it`}>
      {result ? (
        <Results result={result} onClose={onClose} />
      ) : (
        <Form form={form} onSubmit={send} label="Invite people" className="flex-1">
          <TextareaField
            name="emails"
            label="E-mail addresses"
            hint="One or many, each on a line of its own or separated by commas."
            textarea={{ autoFocus: true, spellCheck: false, autoCapitalize: 'none', dir: 'ltr' }}
          />
          <RadioField name="role" label="Role" options={roleOptions(can)} />
          <DrawerFooter sticky>
            <Button onClick={() => close(false)}>Cancel</Button>
            <SubmitButton>Send invitations</SubmitButton>
          </DrawerFooter>
        </Form>
      )}
    </Drawer>
  )
}

/** Invites one after the other: each is a change of its own, and one that is refused stops no other. */
function useInvite() {
  const act = useAct()
  return async (emails: readonly string[], role: z.output<typeof InviteForm>['role']) => {
    const sent: Sent[] = []
    const failed: Result['failed'] = []
    let problem: FormProblem | undefined
    for (const email of emails) {
      const outcome = await act((m) => inviteAction(m, { email, role }))
      if (outcome.ok)
        sent.push({ id: outcome.data.invitation.id, email, link: outcome.data.link, mailed: outcome.data.mailed })
      else {
        problem ??= problemOf(outcome.error)
        failed.push({ email, reason: sentenceOf(outcome.error) })
        // Whoever does not confirm the password is not asked once more for each address.
        if (outcome.error.code === 'STEP_UP_REQUIRED' || outcome.error.code === 'UNREACHABLE') break
      }
    }
    if (sent.length > 0) {
      notify({
        title: sent.length === 1 ? `${sent[0]?.email} was invited` : `${sent.length} people were invited`,
        undo: async () => {
          for (const { id } of sent) {
            const back = await act((m) => withdrawInvitationAction(m, { invitationId: id }))
            sayNotUndone(back.ok ? undefined : sentenceOf(back.error))
          }
        },
      })
    }
    return { sent, failed, problem }
  }
}

function Results({ result: { sent, failed }, onClose }: { result: Result; onClose: () => void }) {
  const byHand = sent.some(({ mailed }) => !mailed)
  return (
    <div className="flex flex-1 flex-col gap-4">
      {byHand && (
        <Notice tone="accent">
          Each link works once, for seven days, and is shown only now. Whoever has it may join. A lost one is replaced
          with “New link”.
        </Notice>
      )}
      {failed.length > 0 && (
        <Notice tone="danger" role="alert">
          <p className="font-medium">Not invited:</p>
          <ul>
            {failed.map(({ email, reason }) => (
              <li key={email}>
                <bdi>{email}</bdi>: {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div>
        {sent.map((each) => (
          <LinkRow key={each.id} {...each} />
        ))}
      </div>
      <DrawerFooter sticky>
        <Button variant="primary" autoFocus onClick={onClose}>
          Done
        </Button>
      </DrawerFooter>
    </div>
  )
}
