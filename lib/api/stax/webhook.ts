// What a webhook of this API is told, and the vendor's names of events.

import { systemCtx } from '../../core/ctx.ts'
import { appError } from '../../core/errors.ts'
import { scopePermissions } from '../../core/permissions.ts'
import { getCustomer } from '../../customers/queries.ts'
import { getInstrument } from '../../instruments/queries.ts'
import { ownMerchant } from '../../merchants/own.ts'
import type { WebhookRow } from '../../webhooks/commands.ts'
import type { DeliveryRow } from '../../webhooks/send-due.ts'
import { customerOf } from './map.ts'
import { methodOf } from './payment-map.ts'

/** The events of ours that a name stands for. */
const FIRING: Record<string, string[]> = {
  create_customer: ['customer.created'],
  update_customer: ['customer.updated', 'customer.archived', 'customer.restored'],
  create_payment_method: ['instrument.attached'],
  update_payment_method: ['instrument.updated', 'instrument.preferred'],
}

/** Names that the vendor lists of things that do not happen here, or are not shown by this API. */
const SILENT = (
  'create_deposit create_dispute create_invoice create_item create_merchant create_scheduled_invoice ' +
  'create_transaction create_user create_webhook delete_item delete_scheduled_invoice delete_webhook ' +
  'fee_statement_ready send_invoice set_branding set_gateway set_plan update_dispute update_electronic_signature ' +
  'update_invoice update_item update_merchant_status update_scheduled_invoice update_transaction ' +
  'update_transaction_settled update_underwriting update_user'
).split(' ')

export const EVENT_NAMES = [...Object.keys(FIRING), ...SILENT]

/** Undefined for a name that the vendor does not list. */
export const eventsOf = (name: string): string[] | undefined =>
  Object.hasOwn(FIRING, name) ? FIRING[name] : SILENT.includes(name) ? [] : undefined

const OPEN = scopePermissions(['customers:read', 'instruments:read', 'pii:read'])
const MASKED = scopePermissions(['customers:read', 'instruments:read'])
const GONE = ['CUSTOMER_NOT_FOUND', 'INSTRUMENT_NOT_FOUND']

/** The object as the matching GET shows it now. */
async function objectOf({ merchantId, objectType, objectId }: DeliveryRow, webhook: WebhookRow): Promise<unknown> {
  const ctx = systemCtx(merchantId, webhook.personalData ? OPEN : MASKED)
  if (objectType === 'customer') {
    const row = await getCustomer(ctx, { id: objectId })
    return row.lifecycle === 'erased' ? undefined : customerOf(row)
  }
  const found = await getInstrument(ctx, { id: objectId })
  if (!found.customer) return undefined
  const row = await getCustomer(ctx, { id: found.customer.id })
  const { merchantUuid } = await ownMerchant(ctx, {})
  return methodOf(found, { merchantUuid, customer: customerOf(row), customerId: row.customerId })
}

/** Undefined when the object is gone for good, so that there is nothing to tell. */
export async function renderStaxWebhook(delivery: DeliveryRow, webhook: WebhookRow) {
  try {
    const object = await objectOf(delivery, webhook)
    if (object === undefined) return undefined
    const headers = { 'Content-Type': 'application/json', 'stax-event-name': webhook.name }
    return { headers, body: JSON.stringify(object) }
  } catch (err) {
    if (GONE.includes(appError(err)?.code ?? '')) return undefined
    throw err
  }
}
