// Which callbacks go out when: many at once, but few to one receiver, so that a slow one holds up its own and nobody's
// else, and new ones are taken up every second while others still wait for their answer.
import { and, asc, isNotNull, lte, notInArray } from 'drizzle-orm'
import { db } from '#db/client'
import { callbacks } from '#db/schema'
import { type Due, deliver, type Sender } from './send.ts'

const AT_ONCE = 64
const PER_RECEIVER = 4
/** A merchant may name any number of receivers, and must not take all the room with them. */
const PER_MERCHANT = 16
/** Rows that are read at a time. */
const WINDOW = 256
const LOOK_AGAIN_MS = 1000

type Waiting = Due & { connectorId: number; receiver: string; merchant: string }
type Round = {
  sender: Sender
  /** Read as due and not started; a set keeps their order and gives any of them up at once. */
  waiting: Set<Waiting>
  /** By row, so that none is started twice before its claim is written. */
  underWay: Map<number, Promise<void>>
  /** How many are under way to a receiver, and of a merchant. */
  busy: Map<string, number>
  /** Why a row could not be claimed or written down: the database's fault, so that the round ends. */
  failure?: unknown
}

const over = ({ sender, failure }: Round): boolean => failure !== undefined || sender.stopping?.aborted === true
const countOf = ({ busy }: Round, key: string): number => busy.get(key) ?? 0

function count(round: Round, row: Waiting, change: 1 | -1): void {
  for (const key of [row.receiver, row.merchant]) round.busy.set(key, countOf(round, key) + change)
}

async function readDue(round: Round, without: number[]): Promise<Waiting[]> {
  const { id, attempts, connectorId, merchantId, url, nextAt } = callbacks
  const due = [isNotNull(nextAt), lte(nextAt, round.sender.clock())]
  const rows = await db()
    .read.select({ id, attempts, connectorId, merchantId, url })
    .from(callbacks)
    .where(and(...due, without.length > 0 ? notInArray(connectorId, without) : undefined))
    .orderBy(asc(nextAt), asc(id))
    .limit(WINDOW)
  return rows.map((row) => ({
    ...row,
    receiver: `to ${URL.parse(row.url)?.host}`,
    merchant: `of ${row.merchantId}`,
  }))
}

function start(round: Round, row: Waiting): void {
  count(round, row, 1)
  const done = deliver(row, round.sender)
    .catch((err) => {
      round.failure ??= err
    })
    .finally(() => {
      round.underWay.delete(row.id)
      count(round, row, -1)
      startWaiting(round)
    })
  round.underWay.set(row.id, done)
}

/** Starts what has room, in order. */
function startWaiting(round: Round): void {
  for (const row of round.waiting) {
    if (over(round) || round.underWay.size >= AT_ONCE) return
    if (countOf(round, row.receiver) >= PER_RECEIVER || countOf(round, row.merchant) >= PER_MERCHANT) continue
    round.waiting.delete(row)
    start(round, row)
  }
}

/** Reads on behind those that have no room, so that thousands to a dead receiver do not hide the others. */
async function lookForDue(round: Round): Promise<void> {
  round.waiting.clear()
  const crowded = new Set<number>()
  while (!over(round) && round.underWay.size < AT_ONCE) {
    const rows = await readDue(round, [...crowded])
    for (const row of rows) if (!round.underWay.has(row.id)) round.waiting.add(row)
    startWaiting(round)
    if (rows.length < WINDOW) return
    const known = crowded.size
    for (const { connectorId } of round.waiting) crowded.add(connectorId)
    if (crowded.size === known) return
  }
}

/** Sends what is due, and what becomes due meanwhile, until nothing is, the program stops or the database fails. */
export async function sendDueCallbacks(
  render: Sender['render'],
  { clock = () => new Date(), stopping }: Partial<Omit<Sender, 'render'>> = {},
): Promise<void> {
  const sender = { render, clock, stopping }
  const round: Round = { sender, waiting: new Set(), underWay: new Map(), busy: new Map() }
  try {
    for (;;) {
      await lookForDue(round)
      if (round.underWay.size === 0) break
      const again = Promise.withResolvers<void>()
      const timer = setTimeout(again.resolve, LOOK_AGAIN_MS)
      await Promise.race([again.promise, Promise.all(round.underWay.values())])
      clearTimeout(timer)
    }
  } finally {
    round.waiting.clear()
    while (round.underWay.size > 0) await Promise.all(round.underWay.values())
  }
  if (round.failure !== undefined) throw round.failure
}
