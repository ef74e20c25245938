// The account at a gateway that a connector of the `ixopay` adapter pays with. Its credentials are the gateway's, not
// those that the merchant's own systems call us with; they are sealed and shown to nobody again.
import { and, eq, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '#db/client'
import { connectors, gatewayAccounts, transactions } from '#db/schema'
import { fail, invalid } from '../core/errors.ts'
import { outboundUrl } from '../core/outbound.ts'
import { record } from '../core/record.ts'
import { seal, unseal } from '../core/secrets.ts'
import { command, query, type Tx } from '../core/verb.ts'
import { text } from '../customers/values.ts'
import type { GatewayAccount } from '../gateway/gateway.ts'

const Credentials = z.strictObject({
  username: text(200, { required: true }),
  password: text(200, { required: true }),
  sharedSecret: text(200, { required: true }),
})

export const NewGatewayAccount = z.strictObject({
  connectorId: z.number().int().positive(),
  /** The gateway's address, without `/api/v3`. Only the operator's list allows a private one, or one without TLS. */
  baseUrl: z.string().max(2048),
  /** The gateway's public name of the account. */
  apiKey: z.string().regex(/^[\w.:-]{1,100}$/, 'must be the API key that the gateway gave'),
  ...Credentials.shape,
})

const place = (connectorId: number): string => `gateway_accounts.credentials.${connectorId}`

export type ShownAccount = { connectorId: number; baseUrl: string; apiKey: string }

/** Another gateway knows nothing of a payment that is open at this one, and would be believed. */
async function refuseWhileOpen(tx: Tx, connectorId: number): Promise<void> {
  const open = and(eq(transactions.connectorId, connectorId), isNotNull(transactions.askAt))
  const [found] = await tx.writer.select({ id: transactions.id }).from(transactions).where(open).limit(1)
  if (found) fail('TRANSACTION_NOT_ALLOWED', { reason: 'Transactions are still open at the present gateway' })
}

/**
 * Says where a connector's payments go, or changes it. CONNECTOR_NOT_FOUND; a validation error for another adapter, and
 * for an address that may not be called; TRANSACTION_NOT_ALLOWED for another gateway while payments are open at this one.
 */
export const setGatewayAccount = command(
  'connectors:rotate',
  NewGatewayAccount,
  async (tx, { connectorId, baseUrl, apiKey, ...credentials }): Promise<ShownAccount> => {
    const own = and(eq(connectors.id, connectorId), eq(connectors.merchantId, tx.merchantId))
    const [connector] = await tx.writer.select({ adapter: connectors.adapter }).from(connectors).where(own)
    if (!connector) fail('CONNECTOR_NOT_FOUND', { connectorId: String(connectorId) })
    if (connector.adapter !== 'ixopay') invalid('connectorId', 'NOT_APPLICABLE', 'must be of the ixopay adapter')
    const url = outboundUrl(baseUrl, { http: 'listed' })
    if (!url || url.search || url.hash) invalid('baseUrl', 'FORMAT_INVALID', 'must be a public https address')
    const same = eq(gatewayAccounts.connectorId, connectorId)
    const [before] = await tx.writer.select().from(gatewayAccounts).where(same)
    const moves = before && (before.baseUrl !== url.href || before.apiKey !== apiKey)
    if (moves) await refuseWhileOpen(tx, connectorId)
    const sealed = seal(JSON.stringify(credentials), place(connectorId))
    const columns = { baseUrl: url.href, apiKey, credentials: sealed, updatedAt: tx.now() }
    await tx.writer
      .insert(gatewayAccounts)
      .values({ connectorId, ...columns })
      .onConflictDoUpdate({ target: gatewayAccounts.connectorId, set: columns })
    const shown = { connectorId, baseUrl: url.href, apiKey }
    const was = before ? { baseUrl: before.baseUrl, apiKey: before.apiKey } : null
    const detail = { gateway: { before: was, after: { baseUrl: url.href, apiKey } } }
    record(tx, 'connector.gateway.set', { objectType: 'connector', objectId: connectorId, detail })
    return shown
  },
  { stepUp: true },
)

/** The account of one of the merchant's connectors, without credentials; null when there is none. CONNECTOR_NOT_FOUND. */
export const getGatewayAccount = query(
  'connectors:read',
  z.strictObject({ connectorId: z.number().int() }),
  async (read, { connectorId }): Promise<ShownAccount | null> => {
    const own = and(eq(connectors.id, connectorId), eq(connectors.merchantId, read.merchantId))
    const [found] = await read.reader
      .select({ baseUrl: gatewayAccounts.baseUrl, apiKey: gatewayAccounts.apiKey })
      .from(connectors)
      .leftJoin(gatewayAccounts, eq(gatewayAccounts.connectorId, connectors.id))
      .where(own)
    if (!found) fail('CONNECTOR_NOT_FOUND', { connectorId: String(connectorId) })
    const { baseUrl, apiKey } = found
    return baseUrl === null || apiKey === null ? null : { connectorId, baseUrl, apiKey }
  },
)

/** The account with its credentials in clear, for the program itself; null when there is none. */
export async function gatewayAccountOf(connectorId: number): Promise<GatewayAccount | null> {
  const [row] = await db().read.select().from(gatewayAccounts).where(eq(gatewayAccounts.connectorId, connectorId))
  if (!row) return null
  const { baseUrl, apiKey, credentials } = row
  const opened = Credentials.parse(JSON.parse(unseal(credentials, place(connectorId))))
  return { connectorId, baseUrl, apiKey, ...opened }
}
