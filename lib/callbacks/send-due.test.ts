// Many callbacks at once: a slow receiver, a broken row and a second worker harm nobody else, and stopping is prompt.
import { eq } from 'drizzle-orm'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client'
import { callbacks } from '#db/schema'
import { renderCallback } from '../api/ixopay/callback.ts'
import { debit, openTown } from '../api/ixopay/testing.ts'
import type { CallbackRow } from './queue.ts'
import { sendDueCallbacks } from './send-due.ts'
import { openReceiver, type Receiver } from './testing.ts'

vi.mock('../env.ts', async (original) => {
  const { env } = await original<typeof import('../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost, 127.0.0.1' } }
})

let released = Promise.withResolvers<void>()
const open: Receiver[] = []
const receiver = async (...given: Parameters<typeof openReceiver>) => {
  const made = await openReceiver(...given)
  open.push(made)
  return made
}
afterAll(() => {
  for (const one of open) one.close()
})

/** Callbacks of one transaction of its own merchant, all due. */
async function queue(url: string, count: number): Promise<void> {
  const { harbor } = await openTown()
  await harbor.post('transaction/debit', debit({ callbackUrl: url }))
  const [made] = await db().read.select().from(callbacks).where(eq(callbacks.url, url))
  if (!made) throw new Error('No callback was queued')
  const { id: _id, ...row } = made
  const copies = Array.from({ length: count - 1 }, () => ({ ...row, nextAt: new Date(row.createdAt.getTime() - 1000) }))
  if (copies.length > 0) {
    await db().write(async (writer) => {
      await writer.insert(callbacks).values(copies)
    })
  }
}
const states = async (url: string): Promise<CallbackRow[]> =>
  db().read.select().from(callbacks).where(eq(callbacks.url, url))

beforeEach(async () => {
  released = Promise.withResolvers<void>()
  await openTown()
  await db().write(async (writer) => {
    await writer.delete(callbacks)
  })
})

describe('a receiver that does not answer', () => {
  test('holds up its own alone, however many wait for it, and does not hold up the stop', async () => {
    const slow = await receiver('127.0.0.1', () => released.promise)
    const quick = await receiver()
    await queue(`${slow.base}/`, 600)
    await queue(`${quick.base}/first`, 10)
    const stop = new AbortController()
    const run = sendDueCallbacks(renderCallback, { stopping: stop.signal })
    await expect.poll(() => quick.received.length, { timeout: 5000 }).toBe(10)
    await queue(`${quick.base}/later`, 3)
    await expect.poll(() => quick.received.length, { timeout: 5000 }).toBe(13)
    expect(slow.received).toHaveLength(4)

    // Nothing has been answered yet, and an attempt waits ten seconds: only a stop that cuts it off ends in time.
    stop.abort()
    await run
    const left = await states(`${slow.base}/`)
    expect(left.filter(({ attempts }) => attempts === 1)).toHaveLength(4)
    expect(left.every(({ state, nextAt, lastProblem }) => state === 'waiting' && nextAt && !lastProblem)).toBe(true)

    released.resolve()
    const aMinuteOn = new Date(Date.now() + 60_001)
    await sendDueCallbacks(renderCallback, { clock: () => aMinuteOn })
    expect((await states(`${slow.base}/`)).every(({ state }) => state === 'delivered')).toBe(true)
    expect(slow.received).toHaveLength(604)
  })

  test('nor can a merchant take all the room with many of them', async () => {
    const slow = await Promise.all(Array.from({ length: 6 }, () => receiver('127.0.0.1', () => released.promise)))
    for (const { base } of slow) await queue(`${base}/`, 8)
    const [first] = await states(`${slow[0]?.base}/`)
    await db().write(async (writer) => {
      await writer.update(callbacks).set({ merchantId: first?.merchantId ?? 0 })
    })
    const stop = new AbortController()
    const run = sendDueCallbacks(renderCallback, { stopping: stop.signal })
    const reached = () => slow.reduce((sum, { received }) => sum + received.length, 0)
    await expect.poll(reached, { timeout: 5000 }).toBe(16)
    // Another merchant's callback goes out with the next look, which finds no more room for these.
    const quick = await receiver()
    await queue(`${quick.base}/`, 1)
    await expect.poll(() => quick.received.length, { timeout: 5000 }).toBe(1)
    expect(reached()).toBe(16)
    stop.abort()
    await run
  })
})

test('one that cannot be made is put off like a failure, and the others go out', async () => {
  const quick = await receiver()
  await queue(`${quick.base}/bad`, 1)
  await queue(`${quick.base}/good`, 5)
  const now = new Date()
  const render: typeof renderCallback = async (row, at) => {
    if (row.url.endsWith('/bad')) throw new Error('a secret that cannot be read')
    return renderCallback(row, at)
  }
  await sendDueCallbacks(render, { clock: () => now })
  expect(quick.received).toHaveLength(5)
  const [bad] = await states(`${quick.base}/bad`)
  expect(bad).toMatchObject({ state: 'waiting', attempts: 1, lastProblem: 'internal', lastStatus: null })
  expect(bad?.nextAt?.getTime()).toBe(now.getTime() + 60_000)
})

test('several workers at once send each callback once', async () => {
  const quick = await receiver()
  await queue(`${quick.base}/`, 60)
  await Promise.all(Array.from({ length: 4 }, () => sendDueCallbacks(renderCallback)))
  expect(quick.received).toHaveLength(60)
  expect((await states(`${quick.base}/`)).every(({ state, attempts }) => state === 'delivered' && attempts === 1)).toBe(
    true,
  )
})
