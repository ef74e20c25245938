// The demo's payments, through the product's own two halves of one. The simulator needs no network and no time, so it
// may be asked inside the demo's own transaction.
import type { Faker } from '@faker-js/faker'
import type { Ctx } from '#lib/core/ctx'
import { simulator } from '#lib/gateway/simulator'
import { beginTransaction } from '#lib/transactions/begin'
import type { NewTransaction } from '#lib/transactions/schema'
import { settle } from '#lib/transactions/settle'

/** What a payment of the plan is: some are declined, some are given back. */
export type Payment = { amountMinor: number; outcome?: string; refundMinor?: number }

const REASONS = ['2003', '2006', '2010', '3001']

export function paymentOf(faker: Faker): Payment {
  const amountMinor = faker.number.int({ min: 3, max: 180 }) * 100 - faker.helpers.arrayElement([1, 5, 50])
  const luck = faker.number.float()
  if (luck < 0.06) return { amountMinor, outcome: faker.helpers.arrayElement(REASONS) }
  return luck < 0.11 ? { amountMinor, refundMinor: Math.ceil(amountMinor / 2) } : { amountMinor }
}

/** The uuid of a movement that went through; undefined for one that was declined, as an expired card is. */
async function move(ctx: Ctx, input: NewTransaction): Promise<string | undefined> {
  const { id, uuid, ...begun } = await beginTransaction(ctx, input)
  const { type, amountMinor, currency, instrumentData: instrument, request, createdAt, redirectUrl, handed } = begun
  const about = { uuid, type, amountMinor, currency, instrument, request, createdAt, redirectUrl, handed }
  const rest = { continues: null, gatewayReference: null, extraData: request.extraData, account: null }
  const outcome = await simulator.send({ ...about, ...rest }, ctx.now())
  const { state } = await settle(ctx, { id, attemptsLeft: null }, outcome)
  return state === 'success' ? uuid : undefined
}

type Place = { connectorId: number; currency: string; merchantTransactionId: string; token: string }

/** A debit with a saved instrument and, where the payment says so, a refund of a part of it. */
export async function pay(ctx: Ctx, payment: Payment, { token, ...place }: Place): Promise<void> {
  const { amountMinor, outcome, refundMinor } = payment
  const request = outcome ? { extraData: { outcome } } : {}
  const referenceUuid = await move(ctx, { type: 'debit', token, amountMinor, request, ...place })
  if (refundMinor === undefined || referenceUuid === undefined) return
  const merchantTransactionId = `${place.merchantTransactionId}-refund`
  await move(ctx, { type: 'refund', referenceUuid, ...place, amountMinor: refundMinor, merchantTransactionId })
}
