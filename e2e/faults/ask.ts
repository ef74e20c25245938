// Asks the gateways about every open payment of a stopped server's database, as its worker would do in the hours to come.
import { isNotNull } from 'drizzle-orm'
import { closeDb, openDb } from '../../db/client.ts'
import { transactions } from '../../db/schema.ts'
import { askAboutOpen } from '../../lib/transactions/process.ts'

const HOUR_MS = 3_600_000
const HOURS = 24

const database = await openDb()
const isOpen = async (): Promise<boolean> =>
  (await database.read.select({ id: transactions.id }).from(transactions).where(isNotNull(transactions.askAt)).limit(1))
    .length > 0
const startedAt = Date.now()
for (let hour = 1; hour <= HOURS && (await isOpen()); hour++) await askAboutOpen(new Date(startedAt + hour * HOUR_MS))
await closeDb()
