// The first half of a movement: who pays with what over which connector, written as a pending row before the gateway
// hears of it.
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { violation } from '#db/errors'
import { connectors, profileCustomers, profiles, transactions } from '#db/schema'
import { listMembers } from '../connectors/members.ts'
import { chooseMember } from '../connectors/routing.ts'
import { containerOfConnector } from '../containers/connector-container.ts'
import { fail, invalid } from '../core/errors.ts'
import { newTransactionUuid } from '../core/ids.ts'
import { outboundUrl } from '../core/outbound.ts'
import { record } from '../core/record.ts'
import { command, type Tx } from '../core/verb.ts'
import type { Handed } from '../gateway/gateway.ts'
import { gatewayOf } from '../gateway/gateways.ts'
import { ATTEMPTS, deadlineOf } from './page-rules.ts'
import { findTransaction, followersOf, lockTransaction } from './rows.ts'
import { refusalOf } from './rules.ts'
import { NewTransaction } from './schema.ts'
import { type Source, sourceOf } from './source.ts'
import type { TransactionRow } from './view.ts'

type Input = z.output<typeof NewTransaction>
export type Connector = { id: number; adapter: string; enabled: boolean }
/** What is decided before the row is written. */
type Plan = { connector: Connector; via: number | null; source: Source | null; first: TransactionRow | null }

/** The worker asks the gateway about a row that nobody settled within this time: its process has died. */
export const UNSETTLED_MS = 60_000

export async function ownConnector(tx: Tx, id: number): Promise<Connector> {
  const [connector] = await tx.writer
    .select({ id: connectors.id, adapter: connectors.adapter, enabled: connectors.enabled })
    .from(connectors)
    .where(and(eq(connectors.id, id), eq(connectors.merchantId, tx.merchantId)))
  if (!connector) fail('CONNECTOR_NOT_FOUND', { connectorId: String(id) })
  if (!connector.enabled) fail('CONNECTOR_DISABLED', { connectorId: String(id) })
  return connector
}

/** The connector that executes: itself, or the member that a meta-connector chooses. */
export async function routed(tx: Tx, asked: Connector, source: Source, currency: string | null): Promise<Connector> {
  const { data, made, handed } = source
  // What one gateway stores or made a token of means nothing to another.
  const adapter = made ? made.adapter : data === null ? 'ixopay' : handed.paymentData ? undefined : 'simulator'
  if (asked.adapter !== 'meta') {
    if (!gatewayOf(asked.adapter) || (adapter && adapter !== asked.adapter)) fail('CONNECTOR_MISMATCH')
    return asked
  }
  const fits = (one: { enabled: boolean; adapter: string }) => one.enabled && (!adapter || one.adapter === adapter)
  const members = (await listMembers(tx, asked.id)).filter(fits)
  const wish = {
    // The tokens of a gateway's own fields stand for cards.
    method: data?.type ?? ('card' as const),
    brand: !data || data.type === 'iban' ? null : data.brand,
    currency,
    createdBy: made?.connectorId,
  }
  const chosen = chooseMember(members, wish, Math.random())
  const member = members.find(({ memberId }) => memberId === chosen)
  if (data === null && members.length === 0) fail('TOKEN_NOT_FOUND')
  if (!member || !gatewayOf(member.adapter)) fail('CONNECTOR_MISMATCH')
  return { id: member.memberId, adapter: member.adapter, enabled: true }
}

/** What continues a movement goes where that went; the chain is locked until the row is written. */
async function planFollower(
  tx: Tx,
  input: Extract<Input, { type: 'increment' | 'capture' | 'void' | 'refund' }>,
): Promise<Plan> {
  const asked = await ownConnector(tx, input.connectorId)
  const named = await findTransaction(tx, { uuid: input.referenceUuid })
  // A refund may name the capture that took the money; what is left is known of the whole chain.
  const isCapture = input.type === 'refund' && named.type === 'capture' && named.referenceId !== null
  const first = await lockTransaction(tx, isCapture ? (named.referenceId ?? named.id) : named.id)
  const money = 'amountMinor' in input ? input : { amountMinor: null, currency: null }
  const reason = refusalOf(first, await followersOf(tx, first.id), { type: input.type, ...money })
  if (reason) fail('TRANSACTION_NOT_ALLOWED', { reason })
  const [connector] = await tx.writer
    .select({ id: connectors.id, adapter: connectors.adapter, enabled: connectors.enabled })
    .from(connectors)
    .where(eq(connectors.id, first.connectorId))
  if (!connector) fail('CONNECTOR_MISMATCH')
  if (asked.id !== first.connectorId && asked.id !== first.viaConnectorId) fail('CONNECTOR_MISMATCH')
  return { connector, via: first.viaConnectorId, source: null, first }
}

/** Without anything to pay with, the person chooses on our page. A payout takes from nobody who could choose. */
function isForPage(input: Input): boolean {
  if (input.type !== 'debit' && input.type !== 'preauthorize' && input.type !== 'register') return false
  return input.token === undefined && input.referenceUuid === undefined && input.paymentData === undefined
}

async function plan(tx: Tx, input: Input): Promise<Plan> {
  if (input.type === 'increment' || input.type === 'capture' || input.type === 'void' || input.type === 'refund') {
    return planFollower(tx, input)
  }
  const asked = await ownConnector(tx, input.connectorId)
  if (isForPage(input)) {
    if (asked.adapter !== 'meta' && !gatewayOf(asked.adapter)) fail('CONNECTOR_MISMATCH')
    return { connector: asked, via: null, source: null, first: null }
  }
  const source = await sourceOf(tx, input, asked.adapter)
  if (input.type === 'deregister' && !source.made) {
    fail('TRANSACTION_NOT_ALLOWED', { reason: 'Nothing is stored under this token' })
  }
  const connector = await routed(tx, asked, source, 'currency' in input ? input.currency : null)
  return { connector, via: connector.id === asked.id ? null : asked.id, source, first: null }
}

type Whose = Pick<TransactionRow, 'customerId' | 'profileId' | 'profileGuid' | 'customerIdentification'>
const NOBODY: Whose = { customerId: null, profileId: null, profileGuid: null, customerIdentification: null }

async function whoseProfile(tx: Tx, where: ReturnType<typeof and>): Promise<Whose | undefined> {
  const [profile] = await tx.writer
    .select({
      profileId: profiles.id,
      profileGuid: profiles.profileGuid,
      customerIdentification: profiles.customerIdentification,
    })
    .from(profiles)
    .where(where)
  if (!profile) return undefined
  const [link] = await tx.writer
    .select({ customerId: profileCustomers.customerId })
    .from(profileCustomers)
    .where(and(eq(profileCustomers.profileId, profile.profileId), eq(profileCustomers.merchantId, tx.merchantId)))
  return { ...profile, customerId: link?.customerId ?? null }
}

/** The profile that the request names, which may be new, or the one that the paying instrument is in. */
async function whose(tx: Tx, input: Input, { first, source }: Plan): Promise<Whose> {
  if (first) {
    const { customerId, profileId, profileGuid, customerIdentification } = first
    return { customerId, profileId, profileGuid, customerIdentification }
  }
  const choice = input.request.profile
  if (!choice) {
    const saved = source?.stored && (await whoseProfile(tx, eq(profiles.id, source.stored.row.profileId)))
    return saved ?? NOBODY
  }
  const inside = eq(profiles.containerId, await containerOfConnector(tx, input.connectorId))
  const { profileGuid, customerIdentification } = choice
  if (profileGuid !== undefined) {
    const named = await whoseProfile(tx, and(inside, eq(profiles.profileGuid, profileGuid.toUpperCase())))
    return named ?? fail('PROFILE_NOT_FOUND', { profileGuid })
  }
  if (customerIdentification === undefined) {
    return invalid('customerProfileData', 'REQUIRED', 'must name a profileGuid or a customerIdentification')
  }
  const known = await whoseProfile(tx, and(inside, eq(profiles.customerIdentification, customerIdentification)))
  return known ?? NOBODY
}

/** What the audit trail shows of a movement: no personal data, no digits of a card. */
export const audited = (row: TransactionRow) => {
  const { uuid, type, state, amountMinor, currency, merchantTransactionId, connectorId, errorCode, version } = row
  return { uuid, type, state, amountMinor, currency, merchantTransactionId, connectorId, errorCode, version }
}

/** The row, and what only the first call to the gateway needs: nothing of it is kept. */
export type Begun = TransactionRow & { adapter: string; handed: Handed; registrationUuid: string | null }

/**
 * Writes a movement as pending. Throws what keeps it from ever being one: TRANSACTION_ID_TAKEN, CONNECTOR_NOT_FOUND,
 * CONNECTOR_DISABLED, CONNECTOR_MISMATCH, TOKEN_NOT_FOUND, TRANSACTION_NOT_FOUND, TRANSACTION_NOT_ALLOWED,
 * PROFILE_NOT_FOUND, CONTAINER_MISSING, CONTAINER_DISABLED, PROFILES_NOT_ENABLED.
 */
export const beginTransaction = command('transactions:write', NewTransaction, async (tx, input): Promise<Begun> => {
  const taken = (): never => fail('TRANSACTION_ID_TAKEN', { merchantTransactionId: input.merchantTransactionId })
  const same = and(
    eq(transactions.merchantId, tx.merchantId),
    eq(transactions.merchantTransactionId, input.merchantTransactionId),
  )
  const [other] = await tx.writer.select({ id: transactions.id }).from(transactions).where(same)
  if (other) taken()
  const { callbackUrl } = input.request
  if (callbackUrl !== undefined && !outboundUrl(callbackUrl, { http: true })) {
    invalid('callbackUrl', 'FORMAT_INVALID', 'must be a public http or https address on its own port')
  }
  const planned = await plan(tx, input)
  const { connector, source, first } = planned
  const person = await whose(tx, input, planned)
  const now = tx.now()
  const money = 'amountMinor' in input ? input : { amountMinor: null, currency: null }
  const forPage = isForPage(input)
  const [row] = await tx.writer
    .insert(transactions)
    .values({
      uuid: newTransactionUuid(),
      merchantId: tx.merchantId,
      connectorId: connector.id,
      viaConnectorId: planned.via,
      merchantTransactionId: input.merchantTransactionId,
      type: input.type,
      state: forPage ? 'redirect' : 'pending',
      amountMinor: money.amountMinor,
      currency: money.currency ?? first?.currency ?? null,
      method: source?.data?.type ?? first?.method ?? null,
      referenceId: first?.id ?? (input.type === 'deregister' ? (source?.made?.id ?? null) : null),
      ...person,
      instrumentId: source?.stored?.row.id ?? first?.instrumentId ?? null,
      paymentToken: source?.stored?.row.paymentToken ?? null,
      request: input.request,
      instrumentData: source?.data ?? first?.instrumentData ?? null,
      attemptsLeft: forPage ? ATTEMPTS : null,
      askAt: forPage ? deadlineOf(now) : new Date(now.getTime() + UNSETTLED_MS),
      version: 1,
      createdAt: now,
      updatedAt: now,
    })
    .returning()
    .catch((err: unknown) => {
      if (violation(err)?.kind === 'unique') taken()
      throw err
    })
  if (!row) throw new Error('An insert returned no row')
  const about = { objectType: 'transaction' as const, objectId: row.id, customerId: row.customerId }
  record(tx, 'transaction.created', { ...about, after: audited(row) })
  const { handed = {}, made = null } = source ?? {}
  return { ...row, adapter: connector.adapter, handed, registrationUuid: made?.uuid ?? null }
})
