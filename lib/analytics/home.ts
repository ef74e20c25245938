// The figures of the first screen. Each count is the total of the very list that its tile links to, so it stops at
// ten thousand as the lists do.
import { and, avg, between, countDistinct, eq, exists, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { unindexed } from '#db/kit'
import { apiKeys, customers, instruments, memberships, merchants, profileCustomers } from '#db/schema'
import { ancestorsOf } from '../containers/rules.ts'
import { can } from '../core/ctx.ts'
import { countUpTo, type Total, totalOf } from '../core/page.ts'
import type { Permission } from '../core/permissions.ts'
import { query, type Read } from '../core/verb.ts'
import { expiryOf } from '../instruments/rules.ts'

const DAY_MS = 86_400_000
const PERIOD_DAYS = 30

export type Count = Total
/** Days as `YYYY-MM-DD` (UTC), both of them inside. */
export type Period = { from: string; to: string }
/** How many, and the search text that finds them in the list of customers; null when no month falls into the time. */
export type Found = { count: Count; q: string | null }

export type HomeFigures = {
  /** Made in the period of 30 days that ends today, archived ones included, and in the 30 days before. */
  added: { count: Count; before: Count; period: Period }
  current: Count
  /** Mean completeness of current customers in percent, rounded; null without customers. */
  completeness: number | null
  /** Current customers with any instrument, with a card that ends within 30 days, with one that has ended. */
  withInstrument: Count | null
  expiring: Found | null
  expired: Found | null
}

type Month = { year: number; month: number }

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const startOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS)
const textOf = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`

/** The months, at most two, whose cards are about to end: most days it is the current one. */
export function expiringMonths(now: Date): Month[] {
  return [0, 1, 2]
    .map((ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead)))
    .map((first) => ({ year: first.getUTCFullYear(), month: first.getUTCMonth() + 1 }))
    .filter(({ year, month }) => expiryOf(month, year, now).state === 'expiring')
}

const countCustomers = (read: Read, where: SQL | undefined): Promise<Total> =>
  countUpTo(read.reader, customers.id, where)

const currentOf = (read: Read) => and(eq(customers.merchantId, read.merchantId), eq(customers.lifecycle, 'current'))

/** Customers made in `days` days from `from` on, without the erased and the merged. */
function addedIn(read: Read, from: Date): Promise<Count> {
  const inside = between(customers.createdAt, from, new Date(from.getTime() + PERIOD_DAYS * DAY_MS - 1))
  const kept = inArray(customers.lifecycle, ['current', 'archived'])
  return countCustomers(read, and(eq(customers.merchantId, read.merchantId), kept, inside))
}

async function added(read: Read): Promise<HomeFigures['added']> {
  const today = startOfDay(read.now())
  const from = new Date(today.getTime() - (PERIOD_DAYS - 1) * DAY_MS)
  const before = new Date(from.getTime() - PERIOD_DAYS * DAY_MS)
  const period = { from: dayOf(from), to: dayOf(today) }
  return { count: await addedIn(read, from), before: await addedIn(read, before), period }
}

const withInstrument = (read: Read): Promise<Count> =>
  countCustomers(
    read,
    and(
      currentOf(read),
      exists(
        read.reader
          .select({ one: instruments.id })
          .from(profileCustomers)
          .innerJoin(instruments, eq(instruments.profileId, profileCustomers.profileId))
          .where(eq(profileCustomers.customerId, customers.id)),
      ),
    ),
  )

/** Few cards end in a month, so the count starts from them and not from the merchant's customers. */
function withCard(read: Read, ending: SQL | undefined): Promise<Count> {
  const holders = read.reader
    .select({ id: profileCustomers.customerId })
    .from(instruments)
    .innerJoin(profileCustomers, eq(profileCustomers.profileId, instruments.profileId))
    .where(and(ending, eq(profileCustomers.merchantId, read.merchantId)))
  const own = sql`${unindexed(customers.merchantId)} = ${read.merchantId}`
  return countCustomers(read, and(inArray(customers.id, holders), own, eq(customers.lifecycle, 'current')))
}

async function expiring(read: Read): Promise<Found> {
  const months = expiringMonths(read.now())
  if (months.length === 0) return { count: totalOf(0), q: null }
  const ending = or(
    ...months.map(({ year, month }) => and(eq(instruments.expYear, year), eq(instruments.expMonth, month))),
  )
  return { count: await withCard(read, ending), q: `expires:${months.map(textOf).join(',')}` }
}

async function expired(read: Read): Promise<Found> {
  const now = read.now()
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + 1]
  const ended = or(lt(instruments.expYear, year), and(eq(instruments.expYear, year), lt(instruments.expMonth, month)))
  return { count: await withCard(read, ended), q: `expires<${textOf({ year, month })}` }
}

const AVERAGE_FOR_MS = 30_000
const MAX_MERCHANTS = 500
const averages = new Map<number, { at: number; average: number | null }>()

/** A mean has to look at every customer, so a merchant's is worked out at most every 30 s. */
async function completeness(read: Read): Promise<number | null> {
  const known = averages.get(read.merchantId)
  const now = read.now().getTime()
  if (known && now >= known.at && now - known.at < AVERAGE_FOR_MS) return known.average
  const mean = avg(customers.completeness)
  const [row] = await read.reader.select({ mean }).from(customers).where(currentOf(read))
  const average = row?.mean == null ? null : Math.round(Number(row.mean))
  if (averages.size >= MAX_MERCHANTS) averages.clear()
  averages.set(read.merchantId, { at: now, average })
  return average
}

/** The tiles of the first screen and what needs attention; what the caller may not read of instruments is null. */
export const getHomeFigures = query('customers:read', z.strictObject({}), async (read): Promise<HomeFigures> => {
  const wallet = can(read, 'instruments:read')
  return {
    added: await added(read),
    current: await countCustomers(read, currentOf(read)),
    completeness: await completeness(read),
    withInstrument: wallet ? await withInstrument(read) : null,
    expiring: wallet ? await expiring(read) : null,
    expired: wallet ? await expired(read) : null,
  }
})

/** What a new merchant sets up first; null where the caller may not do it. */
export type FirstSteps = { customer: boolean | null; key: boolean | null; colleague: boolean | null }

async function hasCustomer(read: Read): Promise<boolean> {
  const own = eq(customers.merchantId, read.merchantId)
  const rows = await read.reader.select({ id: customers.id }).from(customers).where(own).limit(1)
  return rows.length > 0
}

async function hasKey(read: Read): Promise<boolean> {
  const live = or(isNull(apiKeys.expiresAt), gte(apiKeys.expiresAt, read.now()))
  const own = and(eq(apiKeys.merchantId, read.merchantId), isNull(apiKeys.revokedAt), live)
  const rows = await read.reader.select({ id: apiKeys.id }).from(apiKeys).where(own).limit(1)
  return rows.length > 0
}

/** Two people or more can work at the merchant, through it or through one above. */
async function hasColleague(read: Read): Promise<boolean> {
  const [own] = await read.reader
    .select({ path: merchants.path })
    .from(merchants)
    .where(eq(merchants.id, read.merchantId))
  const reaching = inArray(memberships.merchantId, [read.merchantId, ...ancestorsOf(own?.path ?? '')])
  const [row] = await read.reader
    .select({ n: countDistinct(memberships.staffId) })
    .from(memberships)
    .where(reaching)
  return Number(row?.n ?? 0) > 1
}

/** Which of the first steps are done. */
export const getFirstSteps = query('customers:read', z.strictObject({}), async (read): Promise<FirstSteps> => {
  const step = async (permission: Permission, isDone: (read: Read) => Promise<boolean>) =>
    can(read, permission) ? isDone(read) : null
  return {
    customer: await step('customers:write', hasCustomer),
    key: await step('keys:write', hasKey),
    colleague: await step('team:write', hasColleague),
  }
})
