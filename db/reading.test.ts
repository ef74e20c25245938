// What the reading side promises although it shares snapshots and remembers rows.
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Ctx } from '#lib/core/ctx'
import { command } from '#lib/core/verb'
import { createCustomer, updateCustomer } from '#lib/customers/commands'
import { getCustomer } from '#lib/customers/queries'
import { env } from '#lib/env'
import { engine } from './kit.ts'
import { customers } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import { bareMerchant } from './testing/merchant.ts'

let ctx: Ctx
let stranger: Ctx
let id: number
beforeAll(async () => {
  ctx = await bareMerchant()
  stranger = await bareMerchant()
  id = (await createCustomer(ctx, { name: 'Ada Lovelace' })).customer.id
})

const nameOf = async () => (await getCustomer(ctx, { id })).name

test('a read behind a commit sees it, also in the turn whose snapshot is older', async () => {
  const older = nameOf()
  await updateCustomer(ctx, { id, name: 'Ada King' })
  expect(await older).toBe('Ada Lovelace')
  expect(await nameOf()).toBe('Ada King')
})

test.runIf(engine === 'sqlite')('what another process commits to the same file is seen as well', async () => {
  const { customer } = await createCustomer(ctx, { name: 'Grace Hopper' })
  const nameNow = async () => (await getCustomer(ctx, { id: customer.id })).name
  expect([await nameNow(), await nameNow()]).toEqual(['Grace Hopper', 'Grace Hopper'])
  const other = await openSqlite(env.databaseUrl)
  const change = { name: 'Amazing Grace', version: customer.version + 1 }
  await other.write((writer) => writer.update(customers).set(change).where(eq(customers.id, customer.id)))
  await other.close()
  // The next turn of the event loop, as every next request is.
  await new Promise(setImmediate)
  expect(await nameNow()).toBe('Amazing Grace')
})

test('a row that a transaction saw and undid is remembered by nobody', async () => {
  const before = await nameOf()
  const undone = command(null, z.strictObject({}), async (tx) => {
    await updateCustomer(tx, { id, name: 'Undone' })
    expect((await getCustomer(tx, { id })).name).toBe('Undone')
    throw new Error('undone')
  })
  await expect(undone(ctx, {})).rejects.toThrow('undone')
  expect(await nameOf()).toBe(before)
  await updateCustomer(ctx, { id, name: 'Kept' })
  expect(await nameOf()).toBe('Kept')
})

test('a remembered row is still nobody else’s', async () => {
  await nameOf()
  await expect(getCustomer(stranger, { id })).rejects.toMatchObject({ code: 'CUSTOMER_NOT_FOUND' })
})

test('whatever comes together, a read shows the last write that was answered before it', async () => {
  const steps = fc.array(fc.constantFrom('read', 'write', 'both'), { maxLength: 12 })
  const holds = fc.asyncProperty(steps, async (taken) => {
    let name = await nameOf()
    for (const [at, step] of taken.entries()) {
      const beside = step === 'write' ? undefined : nameOf()
      const next = step === 'read' ? name : `${step} ${at}`
      if (step !== 'read') await updateCustomer(ctx, { id, name: next })
      expect([name, next, undefined]).toContain(await beside)
      expect(await nameOf()).toBe(next)
      name = next
    }
  })
  await fc.assert(holds, { numRuns: 30 })
})
