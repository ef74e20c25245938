// A request repeated with the same Idempotency-Key has one effect and one answer. The answer is stored in the
// transaction of the effect, so a crash leaves both or neither.
import { and, eq, isNull, lte } from 'drizzle-orm'
import type { Writer } from '#db/client'
import { idempotencyKeys } from '#db/schema'
import type { Ctx } from './ctx.ts'
import { appError, fail, statusOf } from './errors.ts'
import { sha256 } from './ids.ts'
import { seal, unseal } from './secrets.ts'
import { type Tx, translate } from './verb.ts'

/** An answer as it is kept; `customerId` is whose data it holds, so that erasing the customer removes it. */
export type StoredAnswer = {
  status: number
  text: string | null
  headers?: Record<string, string>
  customerId?: number
}

export type IdempotentRequest = { key: string; method: string; path: string; query: string; body: Uint8Array }

const LIFETIME_MS = 24 * 3_600_000

/** `"8e03…"` as the draft says, or bare: 1 to 255 printable ASCII characters; undefined for anything else. */
export function parseIdempotencyKey(value: string): string | undefined {
  const bare = /^"(.*)"$/s.exec(value)?.[1] ?? value
  return /^[\x20-\x7e]{1,255}$/.test(bare) ? bare : undefined
}

/** Merchant and credential are part of the scope: nobody meets another's answers. */
const scopeOf = ({ actor }: Ctx, { method, path, key }: IdempotentRequest): string =>
  sha256(JSON.stringify([actor.type, actor.id, method, path, key]))

function requestHashOf({ query, body }: IdempotentRequest): string {
  return sha256(`${sha256(query)}${sha256(Buffer.from(body).toString('latin1'))}`)
}

const place = (merchantId: number, scope: string) => `idempotency_keys answer ${scope} ${merchantId}`

type Row = typeof idempotencyKeys.$inferSelect

function replay(ctx: Ctx, row: Row, requestHash: string): StoredAnswer {
  if (row.requestHash !== requestHash) fail('IDEMPOTENCY_KEY_REUSED')
  if (row.answer === null) fail('IDEMPOTENCY_KEY_IN_USE')
  return JSON.parse(unseal(row.answer, place(ctx.merchantId, row.scope)))
}

/** Not kept: what another credential or a later moment could answer differently, and faults of ours. */
const isKept = (status: number): boolean => status < 500 && status !== 401 && status !== 403 && status !== 429

/**
 * Runs `run` once per key. It gets a Ctx whose commands join this transaction; `answerOf` makes the answer of a refusal.
 * Throws IDEMPOTENCY_KEY_REUSED for another body or query under the same key, IDEMPOTENCY_KEY_IN_USE while it runs.
 */
export async function once(
  ctx: Ctx,
  request: IdempotentRequest,
  run: (ctx: Ctx) => Promise<StoredAnswer>,
  answerOf: (err: unknown) => StoredAnswer,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  const scope = scopeOf(ctx, request)
  const requestHash = requestHashOf(request)
  const same = and(eq(idempotencyKeys.merchantId, ctx.merchantId), eq(idempotencyKeys.scope, scope))
  const inside = async (writer: Writer) => {
    const now = ctx.now()
    await writer.delete(idempotencyKeys).where(and(same, lte(idempotencyKeys.expiresAt, now)))
    // The row goes in first: of two equal requests at once the second waits here until the first has committed.
    const stamps = { createdAt: now, expiresAt: new Date(now.getTime() + LIFETIME_MS) }
    const [made] = await writer
      .insert(idempotencyKeys)
      .values({ merchantId: ctx.merchantId, scope, requestHash, ...stamps })
      .onConflictDoNothing()
      .returning({ id: idempotencyKeys.id })
    if (!made) {
      const [row] = await writer.select().from(idempotencyKeys).where(same)
      if (!row) fail('IDEMPOTENCY_KEY_IN_USE')
      return { answer: replay(ctx, row, requestHash), replayed: true }
    }
    const answer = await runJoined(ctx, writer, run, answerOf)
    const sealed = seal(JSON.stringify(answer), place(ctx.merchantId, scope))
    const set = { status: answer.status, answer: sealed, customerId: answer.customerId ?? null }
    await writer.update(idempotencyKeys).set(set).where(eq(idempotencyKeys.id, made.id))
    return { answer, replayed: false }
  }
  return ctx.db.write(inside).catch((err) => {
    throw translate(err)
  })
}

/** An open claim older than this is a dead process's: no request takes so long. */
const ABANDONED_MS = 120_000

/** Takes the key, or tells what the first request with it came to; `again` when that one never finished. */
async function claim(ctx: Ctx, request: IdempotentRequest, scope: string): Promise<{ again: boolean } | StoredAnswer> {
  const requestHash = requestHashOf(request)
  const same = and(eq(idempotencyKeys.merchantId, ctx.merchantId), eq(idempotencyKeys.scope, scope))
  return ctx.db.write(async (writer) => {
    const now = ctx.now()
    await writer.delete(idempotencyKeys).where(and(same, lte(idempotencyKeys.expiresAt, now)))
    const stamps = { createdAt: now, expiresAt: new Date(now.getTime() + LIFETIME_MS) }
    const [made] = await writer
      .insert(idempotencyKeys)
      .values({ merchantId: ctx.merchantId, scope, requestHash, ...stamps })
      .onConflictDoNothing()
      .returning({ id: idempotencyKeys.id })
    if (made) return { again: false }
    const abandoned = new Date(now.getTime() - ABANDONED_MS)
    const [taken] = await writer
      .update(idempotencyKeys)
      .set(stamps)
      .where(
        and(
          same,
          eq(idempotencyKeys.requestHash, requestHash),
          isNull(idempotencyKeys.answer),
          lte(idempotencyKeys.createdAt, abandoned),
        ),
      )
      .returning({ id: idempotencyKeys.id })
    if (taken) return { again: true }
    const [row] = await writer.select().from(idempotencyKeys).where(same)
    return row ? replay(ctx, row, requestHash) : fail('IDEMPOTENCY_KEY_IN_USE')
  })
}

/**
 * `once` for what calls others and so cannot be one transaction: the key is taken before and its answer kept after. When
 * the process dies in between, `run` is called `again` by the first repetition after two minutes, and must find out
 * itself how far it came.
 */
export async function onceAcross(
  ctx: Ctx,
  request: IdempotentRequest,
  run: (again: boolean) => Promise<StoredAnswer>,
  answerOf: (err: unknown) => StoredAnswer,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  const scope = scopeOf(ctx, request)
  const same = and(eq(idempotencyKeys.merchantId, ctx.merchantId), eq(idempotencyKeys.scope, scope))
  const claimed = await claim(ctx, request, scope).catch((err) => {
    throw translate(err)
  })
  if ('status' in claimed) return { answer: claimed, replayed: true }
  try {
    const answer = await run(claimed.again).catch((err) => {
      const refusal = appError(err)
      if (!refusal || !isKept(statusOf(refusal.code))) throw err
      return answerOf(err)
    })
    const sealed = seal(JSON.stringify(answer), place(ctx.merchantId, scope))
    const set = { status: answer.status, answer: sealed, customerId: answer.customerId ?? null }
    await ctx.db.write((writer) => writer.update(idempotencyKeys).set(set).where(same))
    return { answer, replayed: false }
  } catch (err) {
    await ctx.db.write((writer) => writer.delete(idempotencyKeys).where(and(same, isNull(idempotencyKeys.answer))))
    throw err
  }
}

/** The effect under a savepoint: a refusal undoes it but keeps the row that remembers the refusal. */
async function runJoined(
  ctx: Ctx,
  writer: Writer,
  run: (ctx: Ctx) => Promise<StoredAnswer>,
  answerOf: (err: unknown) => StoredAnswer,
): Promise<StoredAnswer> {
  try {
    return await ctx.db.savepoint(writer, (inner) => {
      const tx: Tx = { ...ctx, writer: inner, recorded: { audit: [], events: [], accounted: false } }
      tx.tx = tx
      return run(tx)
    })
  } catch (err) {
    const refusal = appError(err)
    if (!refusal || !isKept(statusOf(refusal.code))) throw err
    return answerOf(err)
  }
}
