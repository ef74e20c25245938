// The loop from outside: a callback goes out within about a second of its payment, and a silent receiver cannot keep the
// program from stopping.
import { desc } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { db } from '#db/client'
import { callbacks } from '#db/schema'
import { debit, openTown } from '../api/ixopay/testing.ts'
import { openReceiver } from '../callbacks/testing.ts'
import { startWorker } from './worker.ts'

vi.mock('../env.ts', async (original) => {
  const { env } = await original<typeof import('../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost' } }
})

test('the worker sends callbacks beside its other work, and stops at once', async () => {
  const { harbor } = await openTown()
  const [quick, silent] = [await openReceiver(), await openReceiver('localhost', () => new Promise(() => undefined))]
  const stop = startWorker()
  await harbor.post('transaction/debit', debit({ callbackUrl: `${silent.base}/` }))
  await expect.poll(() => silent.received.length, { timeout: 3000 }).toBe(1)
  await harbor.post('transaction/debit', debit({ callbackUrl: `${quick.base}/` }))
  await expect.poll(() => quick.received.length, { timeout: 3000 }).toBe(1)
  // The silent one has ten seconds to answer, which is longer than this test may take.
  await stop()
  const [last, first] = await db().read.select().from(callbacks).orderBy(desc(callbacks.id))
  expect([last?.state, first?.state]).toEqual(['delivered', 'waiting'])
  quick.close()
  silent.close()
})
