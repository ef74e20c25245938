// Guessing is counted in the database, so that neither a restart nor a second process forgets it. An attempt is counted
// before the password is compared and taken back when it was right: however many arrive at once, none is free.
import { isIPv6 } from 'node:net'
import { and, count, desc, eq, gt, inArray } from 'drizzle-orm'
import { db, type Writer } from '#db/client'
import { signInFailures } from '#db/schema'
import { AppError } from '../core/errors.ts'
import { sha256 } from '../core/ids.ts'

const MINUTE_MS = 60_000
export const WINDOW_MS = 30 * MINUTE_MS
export const ACCOUNT_LIMIT = 10
export const ADDRESS_LIMIT = 100
export const MERCHANT_LIMIT = 500
/** From this failure on each further attempt has to wait, twice as long every time. */
const DELAY_FROM = 5

export type Attempt = { account: string; ip: string | null; merchantId: number | undefined }
export type Ticket = { account: string; ids: number[] }

/** One subject for a network that one subscriber gets whole: an IPv4 address, a /64 of IPv6. */
export function addressOf(ip: string | null): string {
  if (!ip) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return mapped
  if (!isIPv6(ip)) return ip
  const [head = '', tail = ''] = ip.toLowerCase().split('%')[0]?.split('::') ?? []
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const gap = ip.includes('::') ? new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  const groups = [...left, ...gap, ...right].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.join(':')}::/64`
}

/** Accounts are counted by a hash: what strangers type as an address is nobody's business. */
const subjectsOf = ({ account, ip, merchantId }: Attempt) => ({
  account: `account:${sha256(account)}`,
  address: `address:${addressOf(ip)}`,
  merchant: merchantId === undefined ? undefined : `merchant:${merchantId}`,
})

/** The newest failures, newest first, in milliseconds. */
async function failuresOf(writer: Writer, subject: string): Promise<number[]> {
  const rows = await writer
    .select({ at: signInFailures.failedAt })
    .from(signInFailures)
    .where(eq(signInFailures.subject, subject))
    .orderBy(desc(signInFailures.failedAt))
    .limit(ACCOUNT_LIMIT)
  return rows.map(({ at }) => at.getTime())
}

/** Milliseconds until the account may be tried again: the lock after ten, before that the growing delay. */
export function accountWait(failures: readonly number[], now: number): number {
  const [last] = failures
  const tenth = failures[ACCOUNT_LIMIT - 1]
  if (last === undefined) return 0
  if (tenth !== undefined && last - tenth <= WINDOW_MS) return Math.max(0, last + WINDOW_MS - now)
  const recent = failures.filter((at) => at > now - WINDOW_MS).length
  const delay = recent < DELAY_FROM ? 0 : 1000 * 2 ** (recent - DELAY_FROM)
  return Math.max(0, last + delay - now)
}

/** Milliseconds until fewer than `limit` failures of the subject lie in the window. */
async function crowdWait(writer: Writer, subject: string, limit: number, now: number): Promise<number> {
  const recent = and(eq(signInFailures.subject, subject), gt(signInFailures.failedAt, new Date(now - WINDOW_MS)))
  const [counted] = await writer.select({ n: count() }).from(signInFailures).where(recent)
  if (Number(counted?.n ?? 0) < limit) return 0
  const [oldest] = await writer
    .select({ at: signInFailures.failedAt })
    .from(signInFailures)
    .where(recent)
    .orderBy(desc(signInFailures.failedAt))
    .limit(1)
    .offset(limit - 1)
  return oldest ? oldest.at.getTime() + WINDOW_MS - now : 0
}

/**
 * Counts the attempt as failed for account, address and merchant and returns a ticket to take it back with.
 * Throws RATE_LIMITED with `retryAfterSeconds` when one of them has used up its attempts; that is not counted again.
 */
export async function admit(attempt: Attempt, at: Date): Promise<Ticket> {
  const subjects = subjectsOf(attempt)
  const now = at.getTime()
  const admitted = await db().write(async (writer): Promise<Ticket | number> => {
    const waits = [
      accountWait(await failuresOf(writer, subjects.account), now),
      await crowdWait(writer, subjects.address, ADDRESS_LIMIT, now),
      subjects.merchant ? await crowdWait(writer, subjects.merchant, MERCHANT_LIMIT, now) : 0,
    ]
    const wait = Math.max(...waits)
    if (wait > 0) return wait
    const rows = [subjects.account, subjects.address, subjects.merchant].flatMap((subject) =>
      subject === undefined ? [] : { subject, failedAt: at },
    )
    const made = await writer.insert(signInFailures).values(rows).returning({ id: signInFailures.id })
    return { account: subjects.account, ids: made.map(({ id }) => id) }
  })
  if (typeof admitted !== 'number') return admitted
  throw new AppError('RATE_LIMITED', { retryAfterSeconds: Math.ceil(admitted / 1000), policy: 'sign-in' })
}

/** The password was right: this attempt never failed, and the account's earlier failures are forgiven. */
export async function forgive(writer: Writer, ticket: Ticket): Promise<void> {
  await writer.delete(signInFailures).where(inArray(signInFailures.id, ticket.ids))
  await writer.delete(signInFailures).where(eq(signInFailures.subject, ticket.account))
}

const MAX_TURNS = 50
const turns = new Map<string, { last: Promise<unknown>; waiting: number }>()

/** Attempts at one account go one after another, so that honest ones at the same moment do not lock each other out. */
export async function inTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(account) ?? { last: Promise.resolve(), waiting: 0 }
  if (turn.waiting >= MAX_TURNS) throw new AppError('RATE_LIMITED', { retryAfterSeconds: 1, policy: 'sign-in' })
  turn.waiting++
  const mine = turn.last.then(work)
  turn.last = mine.catch(() => undefined)
  turns.set(account, turn)
  try {
    return await mine
  } finally {
    turn.waiting--
    if (turn.waiting === 0) turns.delete(account)
  }
}
