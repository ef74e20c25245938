'use client'

import { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { TextField } from '#components/form-fields'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { IdValue } from '#components/ui/copy-button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { useFormat } from '#components/ui/format-provider'
import { moneyText } from '#components/ui/format-value'
import { useLeave } from '#components/unsaved'
import { toDecimal } from '#lib/core/money'
import type { TransactionDetail } from '#lib/transactions/desk'
import { useDesk } from '../../desk.tsx'
import { followMovementAction } from '../actions.ts'
import { parseAmount } from '../amount.ts'
import { useMerchantTransactionId, useMovements } from '../use-movements.ts'
import type { Panel } from './detail-address.ts'

const WORDS: Record<Panel, { title: string; button: string; body: string }> = {
  capture: { title: 'Capture', button: 'Capture', body: 'Takes reserved money, whole or in part.' },
  increment: { title: 'Increment', button: 'Add to the reservation', body: 'Reserves this much more.' },
  refund: { title: 'Refund', button: 'Refund', body: 'Gives money back, whole or in part. It cannot be taken back.' },
  void: {
    title: 'Void',
    button: 'Give up the reservation',
    body: 'The reserved money is released and never captured.',
  },
}

const formFor = (currency: string, upTo: number | undefined) =>
  z.object({
    amount: z.string().superRefine((text, check) => {
      const parsed = parseAmount(text, currency)
      if ('fault' in parsed) check.addIssue({ code: 'custom', message: parsed.fault })
      else if (upTo !== undefined && parsed.amountMinor > upTo)
        check.addIssue({ code: 'custom', message: `At most ${toDecimal(upTo, currency)} ${currency} is left.` })
    }),
    description: z.string().trim().max(255, 'A description has at most 255 characters.'),
  })

type FollowProps = { transaction: TransactionDetail; what: Panel; upTo: number | undefined; onClose: () => void }

/** Capturing, refunding, adding to or giving up a movement. */
export function FollowDrawer({ transaction, what, upTo, onClose }: FollowProps) {
  const { m } = useDesk()
  const format = useFormat()
  const leave = useLeave()
  const move = useMovements()
  const merchantTransactionId = useMerchantTransactionId(what)
  const currency = transaction.currency ?? ''
  const { title, button, body } = WORDS[what]
  const form = useZodForm(what === 'void' ? z.object({ description: z.string() }) : formFor(currency, upTo), {
    ...(what !== 'void' && { amount: upTo === undefined ? '' : toDecimal(upTo, currency) }),
    description: '',
  })

  async function save(typed: { amount?: string; description: string }): Promise<FormProblem | undefined> {
    const parsed = parseAmount(typed.amount ?? '', currency)
    const common = {
      referenceUuid: transaction.uuid,
      merchantTransactionId,
      ...(typed.description && { description: typed.description }),
    }
    const amountMinor = 'amountMinor' in parsed ? parsed.amountMinor : 0
    const input = what === 'void' ? { type: what, ...common } : { type: what, ...common, amountMinor }
    const answer = await move(() => followMovementAction(m, input))
    if ('problem' in answer) return answer.problem
    setTimeout(onClose)
    return undefined
  }

  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }

  return (
    <Drawer open onOpenChange={close} title={title} description={body}>
      <Form form={form} onSubmit={save} label={title} className="flex-1">
        {what !== 'void' && (
          <TextField
            name="amount"
            label={`Amount in ${currency}`}
            hint={upTo === undefined ? undefined : `${moneyText(upTo, currency, format)} is left.`}
            input={{ inputMode: 'decimal', autoComplete: 'off', dir: 'ltr', autoFocus: true }}
          />
        )}
        <TextField name="description" label="Description" optional />
        <p className="text-small text-muted">
          Its id will be <IdValue value={merchantTransactionId} label="transaction id" whole />. Sending this form again
          never does it twice.
        </p>
        <DrawerFooter sticky>
          <Button onClick={() => close(false)}>Cancel</Button>
          <SubmitButton variant={what === 'void' ? 'danger' : 'primary'}>{button}</SubmitButton>
        </DrawerFooter>
      </Form>
    </Drawer>
  )
}
