// Two merchants of a group that share a container, a stranger, and payments through their simulators.
import { openDb } from '#db/client'
import { at, makeConnector, makeContainer, makeMerchant } from '#db/testing/make'
import { setDefaultContainer } from '../containers/commands.ts'
import type { Ctx } from '../core/ctx.ts'
import { processTransaction } from './process.ts'
import type { NewTransaction } from './schema.ts'
import type { TransactionView } from './view.ts'

let made = 0
/** A merchantTransactionId, or any other name, that nothing else has. */
export const nextId = (): string => `order-${++made}`

type Rest<T = NewTransaction> = T extends NewTransaction ? Omit<T, 'connectorId' | 'merchantTransactionId'> : never

export const profile = (customerIdentification: string, markAsPreferred = false) => ({
  customerIdentification,
  markAsPreferred,
})

/** `pay` goes over the shop's connector unless told otherwise. */
export type Stage = {
  shop: number
  sister: number
  stranger: number
  connectorId: number
  ctx: Ctx
  pay: (
    input: Rest,
    given?: { connectorId?: number; merchantTransactionId?: string },
    by?: Ctx,
  ) => Promise<TransactionView>
  debit: (token?: string, request?: NewTransaction['request'], amountMinor?: number) => Promise<TransactionView>
}

export async function setStage(): Promise<Stage> {
  await openDb()
  const group = (await makeMerchant('Group')).id
  const shop = (await makeMerchant('Shop', group)).id
  const sister = (await makeMerchant('Sister', group)).id
  const stranger = (await makeMerchant('Stranger')).id
  const { id } = await makeContainer(at(group), { name: 'Group wallet', shared: true })
  for (const merchant of [shop, sister]) await setDefaultContainer(at(merchant), { containerId: id })
  const ctx = at(shop)
  const { connector } = await makeConnector(ctx, { name: 'cards' })
  const pay: Stage['pay'] = (input, given = {}, by = ctx) =>
    processTransaction(by, { connectorId: connector.id, merchantTransactionId: nextId(), ...input, ...given })
  const debit: Stage['debit'] = (token = 'ix::sim-visa', request = {}, amountMinor = 999) =>
    pay({ type: 'debit', token, amountMinor, currency: 'EUR', request })
  return { shop, sister, stranger, connectorId: connector.id, ctx, pay, debit }
}
