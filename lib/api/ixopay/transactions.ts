// The transaction and status calls of the payment API.
import { fail } from '../../core/errors.ts'
import { processTransaction } from '../../transactions/process.ts'
import { countRecent, getTransaction } from '../../transactions/queries.ts'
import { type Answer, json } from '../http.ts'
import type { Call } from './call.ts'
import { toAnswer, toNewTransaction, toStatus } from './map.ts'
import { parseWire } from './parse.ts'
import { TRANSACTION_BODIES, type TransactionBody, type TransactionCall, withoutEmpty } from './wire.ts'

const LIMIT = 5
const WINDOW_SECONDS = 60

/** The vendor's limit on test connectors, where the connector has it switched on. */
async function refuseTooMany({ ctx, connector }: Call): Promise<void> {
  if (!connector.rateLimited) return
  const recent = await countRecent(ctx, { connectorId: connector.id, seconds: WINDOW_SECONDS })
  if (recent >= LIMIT) fail('RATE_LIMITED', { limit: LIMIT, retryAfterSeconds: WINDOW_SECONDS })
}

/** The handler of one call of the transaction API. */
export const transact =
  (name: TransactionCall) =>
  async (call: Call): Promise<Answer> => {
    await refuseTooMany(call)
    const body = parseWire(TRANSACTION_BODIES[name], withoutEmpty(call.body)) as TransactionBody
    const place = { connectorId: call.connector.id, bodyHash: call.bodyHash }
    return json(toAnswer(await processTransaction(call.ctx, toNewTransaction(name, body, place))))
  }

const asked = (call: Call, name: string): string =>
  (call.c.req.param(name) ?? '').replaceAll('\0', '\ufffd').slice(0, 100)

export const byUuid = async (call: Call): Promise<Answer> =>
  json(toStatus(await getTransaction(call.ctx, { uuid: asked(call, 'id') })))

export const byMerchantTransactionId = async (call: Call): Promise<Answer> =>
  json(toStatus(await getTransaction(call.ctx, { merchantTransactionId: asked(call, 'id') })))
