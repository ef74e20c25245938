// What a gateway tells by itself: verified with the secret that it shares with the connector, then settled like an answer.
import { and, eq } from 'drizzle-orm'
import { db } from '#db/client'
import { transactions } from '#db/schema'
import { gatewayAccountOf } from '../connectors/gateway-account.ts'
import { fail } from '../core/errors.ts'
import { isAbout, outcomeOf, toldIn } from '../gateway/ixopay-wire.ts'
import { type Signed, verifiedBy } from '../gateway/signature.ts'
import { log } from '../log.ts'
import { orderOf } from './process.ts'
import { settleAt } from './settle.ts'

type Callback = {
  connectorId: number
  signature: string
  signed: Omit<Signed, 'secret' | 'bodyHash'>
  /** The parsed body. */
  body: unknown
}

/**
 * Takes a result in. CREDENTIALS_INVALID for a wrong signature and an unknown connector alike. Whatever is signed is taken
 * note of, so that the gateway need not repeat it: a payment that is final, or that is not ours, stays as it is.
 */
export async function hearGateway({ connectorId, signature, signed, body }: Callback, now = new Date()): Promise<void> {
  const account = await gatewayAccountOf(connectorId)
  if (!account || !verifiedBy(signature, { ...signed, secret: account.sharedSecret })) fail('CREDENTIALS_INVALID')
  const told = toldIn(body)
  // A further attempt of a payment page is called by the uuid and a number.
  const [uuid = ''] = (told?.merchantTransactionId ?? '').split('-')
  const own = and(eq(transactions.uuid, uuid), eq(transactions.connectorId, connectorId))
  const [row] = await db().read.select().from(transactions).where(own)
  const order = row && (await orderOf(row))
  const outcome = told && order && isAbout(told, order) ? outcomeOf(told, order, now) : undefined
  if (row && outcome) await settleAt(row.merchantId, row, outcome)
  else log.warn({ connectorId, transaction: row?.uuid }, 'a gateway told of something that is not known here')
}
