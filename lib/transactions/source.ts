// What a first movement pays with: a token, an earlier transaction of the merchant, or an account named in the request.
import { createHmac } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { connectors, instruments, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { fail, invalid } from '../core/errors.ts'
import { isPaymentToken } from '../core/ids.ts'
import { fingerprintKey } from '../core/secrets.ts'
import type { Tx } from '../core/verb.ts'
import type { InstrumentData } from '../gateway/gateway.ts'
import type { InstrumentRow } from '../instruments/load.ts'
import { findTransaction } from './rows.ts'
import type { PaymentData } from './schema.ts'
import { consumeToken } from './tokens.ts'

/** `stored` is the saved instrument behind it, with the connector that created it and the profile that it is in. */
export type Source = {
  data: InstrumentData
  stored: { row: InstrumentRow; profileGuid: string; customerIdentification: string; adapter: string } | null
}

/** A saved instrument as the gateway described it; its reference is the fingerprint, all that is kept of it. */
function dataOf(row: InstrumentRow): InstrumentData {
  const { holderName, fingerprint: reference, lastFour, brand } = row
  const shared = { holderName, reference }
  if (row.type === 'iban') return { type: 'iban', ibanMasked: row.ibanMasked ?? '', ...shared }
  if (row.type === 'bank') return { type: 'bank', brand: null, lastFour: lastFour ?? '', ...shared }
  if (row.type === 'wallet') return { type: 'wallet', brand: brand ?? '', lastFour, ...shared }
  const ends = { firstSix: row.firstSix ?? '', lastFour: lastFour ?? '' }
  return {
    type: 'card',
    brand: brand ?? '',
    ...ends,
    expMonth: row.expMonth ?? 1,
    expYear: row.expYear ?? 2000,
    ...shared,
  }
}

async function stored(tx: Tx, where: ReturnType<typeof eq>): Promise<Source | undefined> {
  const visible = await visibleContainers(tx)
  const [found] = await tx.writer
    .select({
      row: instruments,
      profileGuid: profiles.profileGuid,
      customerIdentification: profiles.customerIdentification,
      adapter: connectors.adapter,
    })
    .from(instruments)
    .innerJoin(profiles, eq(profiles.id, instruments.profileId))
    .innerJoin(connectors, eq(connectors.id, instruments.connectorId))
    .where(and(where, inArray(profiles.containerId, visible)))
  return found && { data: dataOf(found.row), stored: found }
}

/** Every merchant that sees the container pays with a `pt::` token; any other token is the gateway's, for one use. */
async function ofToken(tx: Tx, token: string): Promise<Source> {
  if (!token.startsWith('pt::')) return { data: await consumeToken(tx, token), stored: null }
  const found = isPaymentToken(token) ? await stored(tx, eq(instruments.paymentToken, token)) : undefined
  return found ?? fail('TOKEN_NOT_FOUND')
}

/** An earlier registration of this very merchant, whether it went into a profile or not. */
async function ofReference(tx: Tx, uuid: string): Promise<Source> {
  const row = await findTransaction(tx, { uuid })
  const registered = row.type === 'register' || row.request.withRegister || row.request.profile?.markAsPreferred
  if (row.state !== 'success' || !registered || !row.instrumentData) {
    fail('TRANSACTION_NOT_ALLOWED', { reason: 'The referenced transaction has registered nothing' })
  }
  if (row.instrumentId === null) return { data: row.instrumentData, stored: null }
  const found = await stored(tx, eq(instruments.id, row.instrumentId))
  return found ?? fail('TRANSACTION_NOT_ALLOWED', { reason: 'The instrument was removed' })
}

/** A number of an account is kept as country and last four; the rest goes into a keyed name that equals itself only. */
function ofPaymentData(data: PaymentData): Source {
  const keyed = (text: string) => createHmac('sha256', fingerprintKey()).update(text).digest('base64url')
  if (data.type === 'iban') {
    const ibanMasked = `${data.iban.slice(0, 2)}•• … ${data.iban.slice(-4)}`
    return { data: { type: 'iban', ibanMasked, holderName: null, reference: keyed(`iban ${data.iban}`) }, stored: null }
  }
  const { walletType, walletOwner, walletReferenceId = '' } = data
  const brand = walletType.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '') || 'wallet'
  const reference = keyed(`wallet ${brand} ${walletReferenceId}`)
  return { data: { type: 'wallet', brand, lastFour: null, holderName: walletOwner || null, reference }, stored: null }
}

type Given = { token?: string; referenceUuid?: string; paymentData?: PaymentData }

/** TOKEN_NOT_FOUND, TRANSACTION_NOT_FOUND, TRANSACTION_NOT_ALLOWED; a validation error when nothing was given. */
export async function sourceOf(tx: Tx, { token, referenceUuid, paymentData }: Given): Promise<Source> {
  if (token !== undefined) return ofToken(tx, token)
  if (referenceUuid !== undefined) return ofReference(tx, referenceUuid)
  if (paymentData !== undefined) return ofPaymentData(paymentData)
  return invalid('transactionToken', 'REQUIRED', 'is needed, or a referenceUuid, or payment data of the customer')
}
