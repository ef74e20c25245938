// Fills a new database of the product through its own commands: `node bench/seed-product.ts COUNT`, the settings in the
// environment. Prints the API key that may read and write the customers. A process of its own, since settings are read once.
import { closeDb, openDb } from '#db/client'
import { apiKeys, events, merchants } from '#db/schema'
import { systemCtx } from '#lib/core/ctx'
import { newApiKey, sha256 } from '#lib/core/ids'
import { PERMISSIONS } from '#lib/core/permissions'
import { createCustomer } from '#lib/customers/commands'
import { customer } from './customers.ts'

const FIRST_DAY = Date.UTC(2023, 0, 1)
const MINUTE_MS = 60_000
/** As many commands as one group commit takes. */
const GROUP = 256

const db = await openDb()
await db.migrate()
const { key, publicId } = newApiKey()
const stamps = { version: 1, createdAt: new Date(FIRST_DAY), updatedAt: new Date(FIRST_DAY) }

const merchantId = await db.write(async (writer) => {
  const [merchant] = await writer
    .insert(merchants)
    .values({
      merchantUuid: '6f7bb4a4-4b5d-4b0b-9a57-3b6de0d0c3a1',
      name: 'Bench',
      path: '/1/',
      currency: 'EUR',
      timeZone: 'UTC',
      duplicatePolicy: 'warn',
      requireIfMatch: false,
      ...stamps,
    })
    .returning({ id: merchants.id })
  if (!merchant) throw new Error('the merchant was not stored')
  await writer.insert(apiKeys).values({
    merchantId: merchant.id,
    name: 'bench',
    publicId,
    secretHash: sha256(key),
    scopes: ['*'],
    networks: [],
    compatStatus200: false,
    createdBy: 'bench',
    ...stamps,
  })
  return merchant.id
})

const ctx = systemCtx(merchantId, new Set(PERMISSIONS))
const count = Number(process.argv[2])
for (let from = 1; from <= count; from += GROUP) {
  const numbers = Array.from({ length: Math.min(GROUP, count - from + 1) }, (_, index) => from + index)
  await Promise.all(
    numbers.map((i) => {
      const at = new Date(FIRST_DAY + i * MINUTE_MS)
      return createCustomer({ ...ctx, now: () => at }, { ...customer(i), duplicates: 'allow' })
    }),
  )
}
// Nobody waits for these events; a server that began by working them off would measure something else.
await db.write((writer) => writer.update(events).set({ handledAt: new Date() }))
await closeDb()
process.stdout.write(`${JSON.stringify({ apiKey: key })}\n`)
