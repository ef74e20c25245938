// The bridge between the core's movements and profiles and the vendor's spelling of them. Pure.
import { fail, invalid } from '../../core/errors.ts'
import { fromDecimal, toDecimal } from '../../core/money.ts'
import type { InstrumentData } from '../../gateway/gateway.ts'
import type { BodyHash } from '../../gateway/signature.ts'
import type { Instrument } from '../../instruments/load.ts'
import type { InstrumentType } from '../../instruments/schema.ts'
import type { Profile } from '../../profiles/queries.ts'
import type { NewTransaction, PaymentCustomer, PaymentData, TransactionType } from '../../transactions/schema.ts'
import type { TransactionView } from '../../transactions/view.ts'
import type { CustomerWire, TransactionBody, TransactionCall } from './wire.ts'

type Json = Record<string, unknown>

const METHODS: Record<InstrumentType, string> = {
  card: 'Creditcard',
  iban: 'Directdebit',
  wallet: 'Wallet',
  bank: 'Directdebit',
}
const methodOf = (method: InstrumentType | null): string | null => (method ? METHODS[method] : null)

const TYPES: Record<TransactionType, string> = {
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

/** `2026-11-20 09:20:01`, in UTC. */
const spaced = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ')

/** Only what has a value: the vendor's answers leave the rest out. */
const present = (members: Json): Json =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )

// ---- in --------------------------------------------------------------------------------------------------------------
function customerOf(wire: CustomerWire | undefined): PaymentCustomer {
  const { paymentData: _data, extraData, ...customer } = wire ?? {}
  const hasExtra = extraData && Object.keys(extraData).length > 0
  return { ...customer, ...(hasExtra && { extraData: JSON.stringify(extraData) }) }
}

function paymentDataOf(wire: CustomerWire | undefined): PaymentData | undefined {
  const { ibanData, walletData } = wire?.paymentData ?? {}
  if (ibanData) return { type: 'iban', ...ibanData, iban: ibanData.iban.replaceAll(' ', '').toUpperCase() }
  return walletData && { type: 'wallet', ...walletData, walletType: walletData.walletType ?? 'wallet' }
}

function moneyOf({ amount, currency }: TransactionBody): { amountMinor: number; currency: string } | undefined {
  if (amount === undefined || currency === undefined) return undefined
  const money = fromDecimal(amount, currency)
  if ('fault' in money || money.amountMinor === 0)
    return invalid('amount', 'FORMAT_INVALID', 'must be an amount of the currency')
  return { amountMinor: money.amountMinor, currency }
}

const TYPE_OF: Record<TransactionCall, TransactionType> = {
  register: 'register',
  debit: 'debit',
  preauthorize: 'preauthorize',
  payout: 'payout',
  deregister: 'deregister',
  incrementalAuthorization: 'increment',
  capture: 'capture',
  refund: 'refund',
  void: 'void',
}

/** A parsed body as the core takes it. TRANSACTION_NOT_ALLOWED for a schedule, which is not offered. */
export function toNewTransaction(
  call: TransactionCall,
  body: TransactionBody,
  { connectorId, bodyHash }: { connectorId: number; bodyHash: BodyHash },
): NewTransaction {
  if (body.schedule !== undefined) fail('TRANSACTION_NOT_ALLOWED', { reason: 'Schedules are not offered' })
  const { customerProfileData: choice } = body
  const request = {
    customer: customerOf(body.customer),
    profile: choice ? { ...choice, markAsPreferred: choice.markAsPreferred ?? false } : null,
    withRegister: body.withRegister,
    indicator: body.transactionIndicator,
    description: body.description,
    additionalId1: body.additionalId1,
    additionalId2: body.additionalId2,
    extraData: body.extraData,
    merchantMetaData: body.merchantMetaData,
    successUrl: body.successUrl,
    cancelUrl: body.cancelUrl,
    errorUrl: body.errorUrl,
    callbackUrl: body.callbackUrl,
    bodyHash,
  }
  const paymentData = paymentDataOf(body.customer)
  const all: Json = {
    type: TYPE_OF[call],
    connectorId,
    merchantTransactionId: body.merchantTransactionId,
    request: Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)),
    ...moneyOf(body),
    ...(body.transactionToken !== undefined && { token: body.transactionToken }),
    ...(body.referenceUuid !== undefined && { referenceUuid: body.referenceUuid }),
    ...(paymentData && { paymentData }),
  }
  // The core's own schema parses it next and refuses whatever does not fit together.
  return all as NewTransaction
}

// ---- out -------------------------------------------------------------------------------------------------------------
const two = (month: number): string => String(month).padStart(2, '0')

/** The vendor's description of a card, account or wallet in a transaction: months and years are texts here. */
export function returnDataOf(data: InstrumentData | null): Json | undefined {
  if (!data) return undefined
  if (data.type === 'card') {
    return present({
      _TYPE: 'cardData',
      type: data.brand,
      cardHolder: data.holderName,
      expiryMonth: two(data.expMonth),
      expiryYear: String(data.expYear),
      firstSixDigits: data.firstSix,
      lastFourDigits: data.lastFour,
    })
  }
  if (data.type === 'iban') return present({ _TYPE: 'ibanData', accountOwner: data.holderName, iban: data.ibanMasked })
  if (data.type === 'bank') return present({ _TYPE: 'ibanData', accountOwner: data.holderName })
  return present({ _TYPE: 'walletData', walletType: data.brand, walletOwner: data.holderName })
}

function customerWire({ extraData, ...customer }: PaymentCustomer): Json | undefined {
  const shown = present({ ...customer, ...(extraData && { extraData: JSON.parse(extraData) }) })
  return Object.keys(shown).length > 0 ? shown : undefined
}

const profileWire = ({ profile }: TransactionView): Json | undefined => (profile ? present(profile) : undefined)

const RETURN_TYPES: Record<TransactionView['state'], string> = {
  success: 'FINISHED',
  pending: 'PENDING',
  redirect: 'REDIRECT',
  error: 'ERROR',
  cancelled: 'ERROR',
}

/** A person who cancelled is a decline of its own. */
const codeOf = ({ state, errorCode }: TransactionView): number => errorCode ?? (state === 'cancelled' ? 2002 : 1000)
const messageOf = ({ state, errorMessage }: TransactionView): string =>
  errorMessage ?? (state === 'cancelled' ? 'The user cancelled' : 'The transaction failed')
const isRefused = ({ state }: TransactionView): boolean => state === 'error' || state === 'cancelled'

/** The answer to a transaction call. One that was processed never has a top-level `errorMessage`. */
export function toAnswer(found: TransactionView): Json {
  const { uuid, purchaseId, state, adapterMessage, adapterCode } = found
  const refused = isRefused(found)
  const error = present({ errorMessage: messageOf(found), errorCode: codeOf(found), adapterMessage, adapterCode })
  return present({
    success: !refused,
    uuid,
    purchaseId,
    returnType: RETURN_TYPES[state],
    ...(found.redirectUrl && { redirectType: 'fullpage', redirectUrl: found.redirectUrl }),
    paymentMethod: methodOf(found.method),
    returnData: returnDataOf(found.instrumentData),
    customerProfileData: profileWire(found),
    extraData: Object.keys(found.request.extraData).length > 0 ? found.request.extraData : undefined,
    ...(refused && { errors: [error] }),
  })
}

/** What status and callback tell alike. */
function told(found: TransactionView): Json {
  const { uuid, merchantTransactionId, purchaseId, type, amountMinor, currency, request } = found
  return {
    uuid,
    merchantTransactionId,
    purchaseId,
    transactionType: TYPES[type],
    paymentMethod: methodOf(found.method),
    amount: amountMinor !== null && currency !== null ? toDecimal(amountMinor, currency) : undefined,
    currency,
    customer: customerWire(request.customer),
    customerProfileData: profileWire(found),
    returnData: returnDataOf(found.instrumentData),
    extraData: Object.keys(request.extraData).length > 0 ? request.extraData : undefined,
    merchantMetaData: request.merchantMetaData,
  }
}

/** The answer to a status call; its errors have `message` and `code`. */
export function toStatus(found: TransactionView): Json {
  const { adapterMessage, adapterCode } = found
  const error = present({ message: messageOf(found), code: codeOf(found), adapterMessage, adapterCode })
  return present({
    success: true,
    transactionStatus: found.state.toUpperCase(),
    ...told(found),
    ...(isRefused(found) && { errors: [error] }),
  })
}

const RESULTS: Partial<Record<TransactionView['state'], string>> = { success: 'OK', pending: 'PENDING' }

/** The body of a callback about a state that the transaction had. */
export function toCallback(found: TransactionView): Json {
  const { adapterMessage, adapterCode } = found
  const [message, code] = [messageOf(found), codeOf(found)]
  const error = { message, errorMessage: message, code, errorCode: code, adapterMessage, adapterCode }
  return present({ result: RESULTS[found.state] ?? 'ERROR', ...told(found), ...(isRefused(found) ? error : {}) })
}

function paymentDataWire(saved: Instrument): Json {
  if (saved.type === 'iban') return present({ _TYPE: 'paymentData.iban', iban: saved.ibanMasked })
  if (saved.type === 'bank') return { _TYPE: 'paymentData.iban' }
  if (saved.type === 'wallet') {
    return present({ _TYPE: 'paymentData.wallet', walletType: saved.brand, walletOwner: saved.holderName })
  }
  return present({
    _TYPE: 'paymentData.card',
    brand: saved.brand,
    cardHolder: saved.holderName,
    expiryMonth: saved.expMonth,
    expiryYear: saved.expYear,
    firstSixDigits: saved.firstSix,
    lastFourDigits: saved.lastFour,
  })
}

const instrumentWire = (saved: Instrument): Json => ({
  _TYPE: 'paymentInstrument',
  createdAt: spaced(saved.createdAt),
  method: saved.type,
  paymentToken: saved.paymentToken,
  isPreferred: saved.isPreferred,
  associatedTokenType: null,
  paymentData: paymentDataWire(saved),
})

/** A profile's own data; `identification` is the merchant's id of it. */
export function profileCustomer(customerIdentification: string, data: Record<string, string>): Json {
  const { extraData, ...rest } = data
  const extra = extraData ? { extraData: JSON.parse(extraData) as Json } : {}
  return present({ _TYPE: 'customerData', identification: customerIdentification, ...rest, ...extra })
}

/** The answer of getProfile for a profile that exists. */
export const toProfile = (found: Profile): Json => ({
  success: true,
  profileExists: true,
  profileGuid: found.profileGuid,
  customerIdentification: found.customerIdentification,
  preferredMethod: methodOf(found.preferredMethod),
  customer: profileCustomer(found.customerIdentification, found.customerData),
  paymentInstruments: found.instruments.map(instrumentWire),
})

/** The same for one that does not: 200, and no error code. */
export const NO_PROFILE: Json = {
  success: false,
  profileExists: false,
  profileGuid: null,
  customerIdentification: null,
  preferredMethod: null,
  customer: null,
  paymentInstruments: [],
}
