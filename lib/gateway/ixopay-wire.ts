// The IXOPAY v3 spelling of an order and of what a gateway answers to it (wire contract: the vendor's transaction, status
// and callback documents). Pure. Answers are the words of strangers: parsed, cut, and cleared of card numbers.
import { z } from 'zod'
import { looksLikeCardNumber } from '../core/card-guard.ts'
import { maskIban } from '../core/mask.ts'
import { toDecimal } from '../core/money.ts'
import { outboundUrl } from '../core/outbound.ts'
import type { Decline, InstrumentData, Order, OrderType, Outcome } from './gateway.ts'

export const CALLS: Readonly<Record<OrderType, string>> = {
  register: 'register',
  deregister: 'deregister',
  debit: 'debit',
  preauthorize: 'preauthorize',
  increment: 'incrementalAuthorization',
  capture: 'capture',
  void: 'void',
  refund: 'refund',
  payout: 'payout',
}
const TYPES: Readonly<Record<OrderType, string>> = {
  register: 'REGISTER',
  deregister: 'DEREGISTER',
  debit: 'DEBIT',
  preauthorize: 'PREAUTHORIZE',
  increment: 'INCREMENTAL-AUTHORIZATION',
  capture: 'CAPTURE',
  void: 'VOID',
  refund: 'REFUND',
  payout: 'PAYOUT',
}
const PAGES = new Set<OrderType>(['register', 'debit', 'preauthorize'])

const present = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null))

function paymentDataOf({ handed: { paymentData } }: Order): Record<string, unknown> | undefined {
  if (!paymentData) return undefined
  const { type, ...members } = paymentData
  return type === 'iban' ? { ibanData: members } : { walletData: members }
}

function customerOf(order: Order): Record<string, unknown> | undefined {
  const { extraData, ...person } = order.request.customer
  const extra = extraData ? (JSON.parse(extraData) as unknown) : undefined
  const customer = present({ ...person, extraData: extra, paymentData: paymentDataOf(order) })
  return Object.keys(customer).length > 0 ? customer : undefined
}

/**
 * The body of an order. Our uuid is the gateway's merchantTransactionId: unlike the merchant's own id it is never used
 * twice, whoever else shares the account, so that asking by it cannot find another payment.
 */
export function bodyOf(order: Order, callbackUrl: string | undefined): string {
  const { uuid, type, amountMinor, currency, continues, handed, request } = order
  const money = amountMinor !== null && currency !== null ? { amount: toDecimal(amountMinor, currency), currency } : {}
  const { description, indicator, additionalId1, additionalId2, extraData, merchantMetaData } = request
  const pages = { successUrl: request.successUrl, cancelUrl: request.cancelUrl, errorUrl: request.errorUrl }
  const isFirst = PAGES.has(type)
  const registers = request.withRegister || request.profile?.markAsPreferred === true
  return JSON.stringify(
    present({
      merchantTransactionId: uuid,
      ...money,
      referenceUuid: continues ?? undefined,
      transactionToken: handed.token,
      ...(isFirst && { ...pages, description, transactionIndicator: indicator }),
      ...(isFirst && type !== 'register' && registers && !continues && { withRegister: true }),
      ...((isFirst || type === 'payout') && { customer: customerOf(order) }),
      ...((isFirst || type === 'payout' || type === 'refund') && { callbackUrl }),
      additionalId1,
      additionalId2,
      ...(Object.keys(extraData).length > 0 && { extraData }),
      merchantMetaData,
    }),
  )
}

/** A gateway's text, as far as it may be kept: inert, short, and no card number in it. */
const Said = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).slice(0, 255))
  .transform((value) => (looksLikeCardNumber(value) ? '' : value))
  .optional()
  .catch(undefined)
const Reference = z.string().regex(/^[\w.:-]{1,64}$/)
const Code = z.coerce.number().int().min(1000).max(9999).optional().catch(undefined)
const digits = (length: number) => z.string().regex(new RegExp(`^\\d{${length}}$`))

const ReturnData = z.discriminatedUnion('_TYPE', [
  z.object({
    _TYPE: z.literal('cardData'),
    type: z.string().max(40),
    cardHolder: Said,
    expiryMonth: z.coerce.number().int().min(1).max(12),
    expiryYear: z.coerce.number().int().min(2000).max(2099),
    firstSixDigits: digits(6),
    lastFourDigits: digits(4),
    fingerprint: Said,
  }),
  z.object({ _TYPE: z.literal('ibanData'), iban: z.string().max(40), accountOwner: Said }),
  z.object({ _TYPE: z.literal('walletData'), walletType: z.string().max(40), walletOwner: Said }),
])

const Fault = z.object({
  errorMessage: Said,
  message: Said,
  errorCode: Code,
  code: Code,
  adapterMessage: Said,
  adapterCode: Said,
})

/** The answer to a transaction call, to a status call, and a callback: they differ in what says how it stands. */
const Told = z.object({
  success: z.boolean().optional(),
  returnType: z.string().optional(),
  transactionStatus: z.string().optional(),
  result: z.string().optional(),
  uuid: Reference.optional(),
  merchantTransactionId: z.string().max(100).optional(),
  transactionType: z.string().optional(),
  amount: z.coerce.string().optional(),
  currency: z.string().optional(),
  redirectUrl: z.string().max(2048).optional(),
  returnData: ReturnData.optional().catch(undefined),
  errors: z.array(Fault).optional().catch(undefined),
  ...Fault.shape,
})
export type Told = z.infer<typeof Told>

/** Undefined for what is no such answer. A member that is null counts as left out. */
export const toldIn = (value: unknown): Told | undefined =>
  typeof value === 'object' && value !== null ? Told.safeParse(present({ ...value })).data : undefined

const brandOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '') || 'card'

/** Equal for the same card where the gateway says so by a fingerprint, else different for each registration. */
function instrumentOf({ returnData: data, uuid = '' }: Told): InstrumentData | undefined {
  if (!data) return undefined
  if (data._TYPE === 'cardData') {
    const { type, expiryMonth: expMonth, expiryYear: expYear, firstSixDigits, lastFourDigits, fingerprint } = data
    const ends = { firstSix: firstSixDigits, lastFour: lastFourDigits }
    const shared = { holderName: data.cardHolder || null, reference: fingerprint || uuid }
    return { type: 'card', brand: brandOf(type), ...ends, expMonth, expYear, ...shared }
  }
  if (data._TYPE === 'ibanData') {
    const ibanMasked = data.iban.includes('•') ? data.iban : maskIban(data.iban)
    return { type: 'iban', ibanMasked, holderName: data.accountOwner || null, reference: uuid }
  }
  const holderName = data.walletOwner || null
  return { type: 'wallet', brand: brandOf(data.walletType), lastFour: null, holderName, reference: uuid }
}

export function declineOf(told: Told): Decline {
  const fault: z.infer<typeof Fault> = told.errors?.[0] ?? told
  const errorCode = fault.errorCode ?? fault.code ?? 1000
  return {
    errorCode,
    errorMessage: fault.errorMessage || fault.message || 'The transaction failed',
    adapterCode: fault.adapterCode || String(errorCode),
    adapterMessage: fault.adapterMessage || '',
  }
}

/** Whether it is this order that something was told of, as far as it says; a chargeback of it is another movement. */
export function isAbout({ merchantTransactionId, transactionType, amount, currency }: Told, order: Order): boolean {
  if (merchantTransactionId !== undefined && merchantTransactionId !== order.uuid) return false
  if (transactionType !== undefined && transactionType.toUpperCase() !== TYPES[order.type]) return false
  if (amount === undefined || order.amountMinor === null || order.currency === null) return true
  const isSame = Number(amount) === Number(toDecimal(order.amountMinor, order.currency))
  return isSame && (currency === undefined || currency === order.currency)
}

const FIRST_ASK_MS = 60_000
const LAST_ASK_MS = 60 * 60_000

/** After a minute, then ever more seldom, at least once an hour: an eighth of the order's age. */
export function nextAsk({ createdAt }: Order, now: Date): Date {
  const age = now.getTime() - createdAt.getTime()
  return new Date(now.getTime() + Math.min(LAST_ASK_MS, Math.max(FIRST_ASK_MS, age / 8)))
}

const WORDS: Readonly<Record<string, Outcome['state']>> = {
  FINISHED: 'success',
  SUCCESS: 'success',
  OK: 'success',
  PENDING: 'pending',
  REDIRECT: 'redirect',
  ERROR: 'error',
  CANCELLED: 'cancelled',
}

/** How an order stands by what was told of it; undefined when that cannot be understood. */
export function outcomeOf(told: Told, order: Order, now: Date): Outcome | undefined {
  const state = WORDS[(told.transactionStatus ?? told.returnType ?? told.result ?? '').toUpperCase()]
  const { uuid } = told
  if (state === 'error') {
    const decline = declineOf(told)
    // The gateway tells a person's own cancelling as an error of this code.
    if (decline.errorCode === 2002) return { state: 'cancelled', gatewayReference: uuid ?? null }
    return { state, gatewayReference: uuid ?? null, ...decline }
  }
  if (state === 'cancelled') return { state, gatewayReference: uuid ?? null }
  if (uuid === undefined) return undefined
  if (state === 'pending') return { state, gatewayReference: uuid, askAt: nextAsk(order, now) }
  if (state === 'success') {
    const instrument = instrumentOf(told)
    return { state, gatewayReference: uuid, ...(instrument && { instrument }) }
  }
  if (state !== 'redirect') return undefined
  const page = told.redirectUrl === undefined ? undefined : outboundUrl(told.redirectUrl, { http: 'listed' })
  // Later answers leave the page out. Without one nobody can be sent anywhere, and the order only waits.
  const redirectUrl = page?.href ?? order.redirectUrl
  const askAt = nextAsk(order, now)
  if (redirectUrl === null) return { state: 'pending', gatewayReference: uuid, askAt }
  return { state, gatewayReference: uuid, askAt, redirectUrl }
}
