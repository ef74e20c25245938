// What a first movement pays with: a token, an earlier transaction of the merchant, or an account named in the request.
import { createHmac } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { connectors, instruments, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { fail, invalid } from '../core/errors.ts'
import { isPaymentToken } from '../core/ids.ts'
import { fingerprintKey } from '../core/secrets.ts'
import type { Tx } from '../core/verb.ts'
import type { Handed, InstrumentData } from '../gateway/gateway.ts'
import type { InstrumentRow } from '../instruments/load.ts'
import { findTransaction, isForgotten } from './rows.ts'
import type { PaymentData } from './schema.ts'
import { consumeToken } from './tokens.ts'

type Stored = { row: InstrumentRow; profileGuid: string; customerIdentification: string; adapter: string }

/**
 * `data` is null until the gateway tells what is behind its own token. `stored` is the saved instrument, with the profile
 * that it is in; `made` the registration that the gateway knows it by, and the connector that this went through, with
 * its `id` where nothing was saved of it.
 */
export type Source = {
  data: InstrumentData | null
  stored: Stored | null
  made: { id: number | null; uuid: string; connectorId: number; adapter: string } | null
  handed: Handed
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
  if (!found) return undefined
  const { referenceUuid: uuid, connectorId } = found.row
  return {
    data: dataOf(found.row),
    stored: found,
    made: { id: null, uuid, connectorId, adapter: found.adapter },
    handed: {},
  }
}

/** A token of a gateway's own fields: the simulator's is known here, one of a real gateway is handed on. */
async function ofGatewayToken(tx: Tx, token: string, adapter: string): Promise<Source> {
  const data = adapter === 'ixopay' ? undefined : await consumeToken(tx, token)
  const rest = { stored: null, made: null }
  if (data) return { data, ...rest, handed: {} }
  if (adapter === 'simulator' || !token.startsWith('ix::')) fail('TOKEN_NOT_FOUND')
  return { data: null, ...rest, handed: { token } }
}

/** Every merchant that sees the container pays with a `pt::` token; any other token is the gateway's, for one use. */
async function ofToken(tx: Tx, token: string, adapter: string): Promise<Source> {
  if (!token.startsWith('pt::')) return ofGatewayToken(tx, token, adapter)
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
  if (row.instrumentId === null) {
    const { id, uuid, connectorId, instrumentData: data } = row
    if (await isForgotten(tx, id)) fail('TRANSACTION_NOT_ALLOWED', { reason: 'The instrument was removed' })
    const by = eq(connectors.id, connectorId)
    const [connector] = await tx.writer.select({ adapter: connectors.adapter }).from(connectors).where(by)
    return { data, stored: null, made: { id, uuid, connectorId, adapter: connector?.adapter ?? '' }, handed: {} }
  }
  const found = await stored(tx, eq(instruments.id, row.instrumentId))
  return found ?? fail('TRANSACTION_NOT_ALLOWED', { reason: 'The instrument was removed' })
}

/** A number of an account is kept as country and last four; the rest goes into a keyed name that equals itself only. */
function ofPaymentData(data: PaymentData): Source {
  return { data: describedBy(data), stored: null, made: null, handed: { paymentData: data } }
}

function describedBy(data: PaymentData): InstrumentData {
  const keyed = (text: string) => createHmac('sha256', fingerprintKey()).update(text).digest('base64url')
  if (data.type === 'iban') {
    const ibanMasked = `${data.iban.slice(0, 2)}•• … ${data.iban.slice(-4)}`
    return { type: 'iban', ibanMasked, holderName: null, reference: keyed(`iban ${data.iban}`) }
  }
  const { walletType, walletOwner, walletReferenceId = '' } = data
  const brand = walletType.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '') || 'wallet'
  const reference = keyed(`wallet ${brand} ${walletReferenceId}`)
  return { type: 'wallet', brand, lastFour: null, holderName: walletOwner || null, reference }
}

type Given = { token?: string; referenceUuid?: string; paymentData?: PaymentData }

/** TOKEN_NOT_FOUND, TRANSACTION_NOT_FOUND, TRANSACTION_NOT_ALLOWED; a validation error when nothing was given. */
export async function sourceOf(tx: Tx, { token, referenceUuid, paymentData }: Given, adapter: string): Promise<Source> {
  if (token !== undefined) return ofToken(tx, token, adapter)
  if (referenceUuid !== undefined) return ofReference(tx, referenceUuid)
  if (paymentData !== undefined) return ofPaymentData(paymentData)
  return invalid('transactionToken', 'REQUIRED', 'is needed, or a referenceUuid, or payment data of the customer')
}
