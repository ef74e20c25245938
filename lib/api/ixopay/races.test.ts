// Many clients at once: one profile for a person, one preferred instrument, no money captured twice, one payment under an
// id. Each round is a race of its own; how many clients and rounds there are is said in docs/testing.md.
import { and, count, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { closeDb, db } from '#db/client'
import { profileCustomers, profiles, transactions } from '#db/schema'
import type { TestAnswer } from '../testing.ts'
import { debit, nextId, openTown, type Town } from './testing.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
  return closeDb
})

const { clients, rounds } = inject('size')
const timeout = 3_600_000

/** All clients at once; every other one is of the merchant that shares the container. */
const race = (run: (client: number) => Promise<TestAnswer>): Promise<TestAnswer[]> =>
  Promise.all(Array.from({ length: clients }, (_, client) => run(client)))

const shop = (client: number) => (client % 2 === 0 ? town.harbor : town.fjord)

async function inRounds(round: () => Promise<void>): Promise<void> {
  for (let done = 0; done < rounds; done++) await round()
}

type Wallet = { paymentInstruments: { paymentToken: string; isPreferred: boolean }[]; profileGuid: string }
const walletOf = async (customerIdentification: string): Promise<Wallet> =>
  (await town.harbor.post('customerProfiles/getProfile', { customerIdentification })).body

const preferredIn = ({ paymentInstruments }: Wallet): string[] =>
  paymentInstruments.flatMap(({ isPreferred, paymentToken }) => (isPreferred ? [paymentToken] : []))

describe(`${clients} clients, ${rounds} rounds`, () => {
  test('the first payments of a person make one profile, with one customer at each merchant', { timeout }, async () => {
    await inRounds(async () => {
      const customerIdentification = nextId()
      const body = () => debit({ customerProfileData: { customerIdentification }, customer: { firstName: 'Mara' } })
      const answers = await race((client) => shop(client).post('transaction/debit', body()))
      expect(answers.map(({ body: { success } }) => success)).not.toContain(false)
      const guids = new Set(answers.map(({ body: { customerProfileData } }) => customerProfileData.profileGuid))
      const made = await db()
        .read.select()
        .from(profiles)
        .where(eq(profiles.customerIdentification, customerIdentification))
      expect([guids.size, made.map(({ profileGuid }) => profileGuid)]).toEqual([1, [...guids]])
      const linked = await db()
        .read.select()
        .from(profileCustomers)
        .where(eq(profileCustomers.profileId, made[0]?.id ?? 0))
      expect(new Set(linked.map(({ merchantId }) => merchantId)).size).toBe(linked.length)
    })
  })

  test('of the instruments of a profile one is preferred, whoever chooses', { timeout }, async () => {
    await inRounds(async () => {
      const customerIdentification = nextId()
      const choice = { customerIdentification, markAsPreferred: true }
      const add = (client: number) =>
        shop(client).post('transaction/register', {
          ...{ merchantTransactionId: nextId(), transactionToken: 'ix::sim-visa', customerProfileData: choice },
        })
      const first = [await add(0), await add(1), await add(2)].map(({ body }) => body.customerProfileData.paymentToken)
      expect(preferredIn(await walletOf(customerIdentification))).toEqual([first[2]])
      const choose = (client: number) =>
        shop(client).post('customerProfiles/updateProfile', {
          ...{ customerIdentification, preferredInstrument: first[client % 3] },
        })
      const answers = await race((client) => (client % 8 === 0 ? add(client) : choose(client)))
      expect(answers.map(({ body: { success } }) => success)).not.toContain(false)
      const after = await walletOf(customerIdentification)
      expect([preferredIn(after).length, after.paymentInstruments.length]).toEqual([1, 3 + Math.ceil(clients / 8)])
    })
  })

  test('no more is captured than was held, and the rest is refused', { timeout }, async () => {
    await inRounds(async () => {
      const held = await town.harbor.post('transaction/preauthorize', debit({ amount: '10.00' }))
      const capture = () => ({
        ...{ merchantTransactionId: nextId(), referenceUuid: held.body.uuid, amount: '4.00', currency: 'EUR' },
      })
      const answers = await race(() => town.harbor.post('transaction/capture', capture()))
      const taken = answers.filter(({ body: { success } }) => success)
      const refused = answers.filter(({ body: { errorCode } }) => errorCode === 3002)
      expect([taken.length, refused.length]).toEqual([Math.min(2, clients), Math.max(0, clients - 2)])
      const reference = await db()
        .read.select({ id: transactions.id })
        .from(transactions)
        .where(eq(transactions.uuid, held.body.uuid))
      const [rows] = await db()
        .read.select({ n: count() })
        .from(transactions)
        .where(and(eq(transactions.referenceId, reference[0]?.id ?? 0), eq(transactions.type, 'capture')))
      expect(rows?.n).toBe(taken.length)
    })
  })

  test('one payment is made under an id, and all others are told that it is taken', { timeout }, async () => {
    await inRounds(async () => {
      const merchantTransactionId = nextId()
      const answers = await race(() => town.harbor.post('transaction/debit', debit({ merchantTransactionId })))
      const won = answers.filter(({ body: { success } }) => success)
      const taken = answers.filter(({ body: { errorCode } }) => errorCode === 3004)
      expect([won.length, taken.length]).toEqual([1, clients - 1])
      const made = await db()
        .read.select({ uuid: transactions.uuid })
        .from(transactions)
        .where(eq(transactions.merchantTransactionId, merchantTransactionId))
      expect(made).toEqual([{ uuid: won[0]?.body.uuid }])
    })
  })
})
