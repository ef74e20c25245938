// A movement as every edge gets it.
import type { transactions } from '#db/schema'
import { env } from '../env.ts'
import type { InstrumentData } from '../gateway/gateway.ts'
import type { InstrumentType } from '../instruments/schema.ts'
import { purchaseIdOf } from './rules.ts'
import type { TransactionRequest, TransactionState, TransactionType } from './schema.ts'

export type TransactionRow = typeof transactions.$inferSelect

/** `referenceUuid` names the debit or preauthorization that this one continues; `redirectUrl` is where the person goes on. */
export type TransactionView = {
  id: number
  uuid: string
  merchantTransactionId: string
  purchaseId: string
  type: TransactionType
  state: TransactionState
  amountMinor: number | null
  currency: string | null
  method: InstrumentType | null
  instrumentData: InstrumentData | null
  profile: { profileGuid: string; customerIdentification: string; paymentToken: string | null } | null
  request: TransactionRequest
  referenceUuid: string | null
  redirectUrl: string | null
  errorCode: number | null
  errorMessage: string | null
  adapterCode: string | null
  adapterMessage: string | null
  connectorId: number
  createdAt: Date
  settledAt: Date | null
  version: number
}

/** The page where a person answers the challenge of a payment: the gateway's own, or ours for the simulator. */
const redirectUrlOf = ({ state, uuid, redirectUrl }: TransactionRow): string | null =>
  state === 'redirect' ? (redirectUrl ?? `${env.publicUrl}/pay/${uuid}`) : null

export function viewOf(row: TransactionRow, referenceUuid: string | null): TransactionView {
  const { id, uuid, merchantTransactionId, type, state, amountMinor, currency, method, instrumentData, request } = row
  const { errorCode, errorMessage, adapterCode, adapterMessage, connectorId, createdAt, settledAt, version } = row
  const { profileGuid, customerIdentification, paymentToken } = row
  const profile = profileGuid && customerIdentification ? { profileGuid, customerIdentification, paymentToken } : null
  return {
    ...{ id, uuid, merchantTransactionId, purchaseId: purchaseIdOf(uuid, createdAt), type, state },
    ...{ amountMinor, currency, method, instrumentData, profile, request, referenceUuid },
    redirectUrl: redirectUrlOf(row),
    ...{ errorCode, errorMessage, adapterCode, adapterMessage, connectorId, createdAt, settledAt, version },
  }
}
