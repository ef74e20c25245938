'use client'

import { useRouter } from 'next/navigation'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import { Form, SubmitButton, useZodForm } from '#components/form'
import { RadioField, SelectField, TextField } from '#components/form-fields'
import type { FormProblem } from '#components/form-summary'
import { Button } from '#components/ui/button'
import { IdValue } from '#components/ui/copy-button'
import { Drawer, DrawerFooter } from '#components/ui/drawer'
import { Notice } from '#components/ui/notice'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { useLeave } from '#components/unsaved'
import type { ConnectorView } from '#lib/connectors/view'
import { useDesk } from '../desk.tsx'
import { startMovementAction } from './actions.ts'
import { Currency, parseAmount } from './amount.ts'
import { useMerchantTransactionId, useMovements } from './use-movements.ts'
import { TEST_SOURCES } from './words.ts'

const SAVED = 'saved'

const PaymentForm = z
  .object({
    type: z.enum(['debit', 'preauthorize', 'register', 'payout']),
    connector: z.string().min(1, 'Choose a connector.'),
    source: z.string(),
    token: z.string().trim(),
    amount: z.string(),
    currency: z.string(),
    description: z.string().trim().max(255, 'A description has at most 255 characters.'),
  })
  .superRefine((typed, check) => {
    const say = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message })
    if (typed.source === SAVED && !/^pt::[0-9a-f]{20}$/.test(typed.token))
      say('token', 'Type the payment token of a saved instrument: pt:: and twenty characters.')
    if (typed.type === 'register') return
    const currency = Currency.safeParse(typed.currency)
    if (!currency.success) return say('currency', 'Type the code of a currency, such as EUR.')
    const amount = parseAmount(typed.amount, currency.data)
    if ('fault' in amount) say('amount', amount.fault)
  })
type PaymentForm = z.output<typeof PaymentForm>

const TYPES = [
  { value: 'debit', label: 'Debit', hint: 'Takes the money at once.' },
  { value: 'preauthorize', label: 'Preauthorization', hint: 'Reserves it, to be captured later.' },
  { value: 'register', label: 'Registration', hint: 'Checks the instrument without money.' },
  { value: 'payout', label: 'Payout', hint: 'Sends money to the person.' },
]

type Input = Parameters<typeof startMovementAction>[1]

function inputOf(typed: PaymentForm, merchantTransactionId: string): Input {
  const { type, connector, source, token, description } = typed
  const common = {
    connectorId: Number(connector),
    merchantTransactionId,
    token: source === SAVED ? token : source,
    request: description ? { description } : {},
  }
  if (type === 'register') return { type, ...common }
  const currency = Currency.parse(typed.currency)
  const amount = parseAmount(typed.amount, currency)
  return { type, ...common, currency, amountMinor: 'amountMinor' in amount ? amount.amountMinor : 0 }
}

type DrawerProps = { connectors: readonly ConnectorView[] | undefined; onClose: () => void }

/** A payment from the dashboard: a test instrument on a simulator connector, or a saved one by its token. */
export function NewPaymentDrawer({ connectors, onClose }: DrawerProps) {
  const leave = useLeave()
  async function close(open: boolean) {
    if (!open && (await leave())) onClose()
  }
  const usable = connectors?.filter(({ enabled }) => enabled)
  return (
    <Drawer open onOpenChange={close} title="New payment">
      {!usable && (
        <Loading label="connectors">
          <SkeletonText />
        </Loading>
      )}
      {usable?.length === 0 && (
        <Notice tone="warning">This merchant has no connector that is switched on, so nothing can be paid.</Notice>
      )}
      {usable && usable.length > 0 && <PaymentFields connectors={usable} onCancel={() => close(false)} />}
    </Drawer>
  )
}

function PaymentFields({ connectors, onCancel }: { connectors: readonly ConnectorView[]; onCancel: () => void }) {
  const { m } = useDesk()
  const router = useRouter()
  const move = useMovements()
  const id = useMerchantTransactionId('desk')
  const [first] = connectors.toSorted((a, b) => Number(b.adapter === 'simulator') - Number(a.adapter === 'simulator'))
  const form = useZodForm(PaymentForm, {
    type: 'debit',
    connector: String(first?.id ?? ''),
    source: TEST_SOURCES[0].value,
    token: '',
    amount: '',
    currency: 'EUR',
    description: '',
  })
  const [type, source, chosen] = useWatch({ control: form.control, name: ['type', 'source', 'connector'] })
  const simulated = connectors.find((one) => String(one.id) === chosen)?.adapter !== 'ixopay'

  async function save(typed: PaymentForm): Promise<FormProblem | undefined> {
    const answer = await move(() => startMovementAction(m, inputOf(typed, id)))
    if ('problem' in answer) return answer.problem
    // After the form has become clean, so that nothing asks about unsaved input.
    setTimeout(() => router.push(`/transactions/${answer.done.uuid}?m=${m}`))
    return undefined
  }

  return (
    <Form form={form} onSubmit={save} label="New payment" className="flex-1">
      <RadioField name="type" label="Type" options={TYPES} />
      <SelectField
        name="connector"
        label="Connector"
        options={connectors.map((one) => ({
          value: String(one.id),
          label: one.adapter === 'simulator' ? `${one.name} (Simulator)` : one.name,
        }))}
      />
      <SelectField
        name="source"
        label="Pay with"
        hint={simulated ? 'Test instruments move no money.' : 'This connector takes saved instruments only.'}
        options={[...(simulated ? TEST_SOURCES : []), { value: SAVED, label: 'A saved instrument, by its token' }]}
      />
      {source === SAVED && (
        <TextField name="token" label="Payment token" input={{ dir: 'ltr', spellCheck: false, autoComplete: 'off' }} />
      )}
      {type !== 'register' && (
        <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
          <TextField name="amount" label="Amount" input={{ inputMode: 'decimal', autoComplete: 'off', dir: 'ltr' }} />
          <TextField name="currency" label="Currency" input={{ maxLength: 3, autoComplete: 'off', dir: 'ltr' }} />
        </div>
      )}
      <TextField name="description" label="Description" optional />
      <p className="text-small text-muted">
        Its id will be <IdValue value={id} label="transaction id" whole />. Sending this form again never charges twice.
      </p>
      <DrawerFooter sticky>
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton>Send payment</SubmitButton>
      </DrawerFooter>
    </Form>
  )
}
