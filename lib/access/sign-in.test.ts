import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { auditEvents, signInFailures, staff } from '#db/schema'
import { at, makeMerchant } from '#db/testing/make'
import { appError } from '../core/errors.ts'
import { flushReads } from '../core/record.ts'
import { ctxOfSession, endSession, findSession, listSessions, type Session, signOut, touch } from './sessions.ts'
import { proveAgain, signIn } from './sign-in.ts'
import { createStaff, endSessions, removeMember, suspendStaff } from './team.ts'
import { ACCOUNT_LIMIT, ADDRESS_LIMIT, accountWait, admit, MERCHANT_LIMIT, WINDOW_MS } from './throttle.ts'

const PASSWORD = 'vex lumo drift quarry'
const START = Date.UTC(2027, 0, 4, 9)
const later = (ms: number) => () => new Date(START + ms)

let merchantId: number
let people = 0

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
})

async function person(): Promise<{ staffId: number; email: string }> {
  const email = `person-${++people}@shop.example`
  const { staffId } = await createStaff(at(merchantId), {
    name: `Person ${people}`,
    email,
    password: PASSWORD,
    role: 'support',
  })
  return { staffId, email }
}

type Try = { email: string; password?: string; ip?: string | null; at?: number; kind?: 'web' | 'api' }
const attempt = ({ email, password = PASSWORD, ip = null, at: ms = 0, kind = 'web' }: Try) =>
  signIn({ email, password, ip: ip ?? `198.51.100.${people % 250}`, device: 'Test browser', kind, now: later(ms) })

async function refusal(run: Promise<unknown>): Promise<{ code: string; details: Record<string, unknown> } | undefined> {
  try {
    await run
    return undefined
  } catch (err) {
    const refused = appError(err)
    if (!refused) throw err
    return { code: refused.code, details: refused.details }
  }
}

async function live(secret: string, ms: number, kind: 'web' | 'api' = 'web'): Promise<Session | undefined> {
  const found = await findSession(secret, kind, later(ms)())
  return found === 'expired' ? undefined : found
}

describe('signing in', () => {
  test('gives a secret of 256 bits, of which only a hash is kept, and leaves an audit event', async () => {
    const { email, staffId } = await person()
    const { secret, expiresAt, staff: who } = await attempt({ email })
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(who).toEqual({ id: staffId, name: `Person ${people}`, email })
    expect(expiresAt.getTime() - START).toBe(12 * 3600_000)
    expect(await live(secret, 0)).toMatchObject({ staffId, email, merchantId })
    const events = await db().read.select().from(auditEvents).where(eq(auditEvents.actorId, staffId))
    expect(events.map(({ action }) => action)).toEqual(['session.started'])
  })

  test('a wrong e-mail, a wrong password and an unknown person get one answer', async () => {
    const { email } = await person()
    const answers = [
      await refusal(attempt({ email, password: 'not the password' })),
      await refusal(attempt({ email: 'nobody@shop.example' })),
      await refusal(attempt({ email: '' })),
      await refusal(attempt({ email, password: '' })),
      await refusal(attempt({ email, password: 'x'.repeat(100_000) })),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"code":"CREDENTIALS_INVALID","details":{}}']),
    )
  })

  test('e-mail is compared without case and width, and reaches no look-alike', async () => {
    const { email } = await person()
    expect((await attempt({ email: ` ${email.toUpperCase()} ` })).staff.email).toBe(email)
    expect((await attempt({ email: email.replace('person', 'ｐｅｒｓｏｎ') })).staff.email).toBe(email)
    for (const other of [
      email.replace('o', 'о'),
      `${email},x@evil.example`,
      `${email}\nx@evil.example`,
      email.replace('person', 'pérson'),
    ]) {
      expect((await refusal(attempt({ email: other })))?.code, other).toBe('CREDENTIALS_INVALID')
    }
  })

  test('a refused attempt at a known account is audited', async () => {
    const { email, staffId } = await person()
    await refusal(attempt({ email, password: 'not the password' }))
    await flushReads()
    const events = await db()
      .read.select()
      .from(auditEvents)
      .where(eq(auditEvents.objectId, String(staffId)))
    expect(events.map(({ action }) => action)).toContain('sign_in.refused')
  })

  test('a hash of older parameters is replaced', async () => {
    const { email, staffId } = await person()
    const old = await (await import('@node-rs/argon2')).hash(PASSWORD, { memoryCost: 4096, timeCost: 1 })
    await db().write(async (writer) => {
      await writer.update(staff).set({ passwordHash: old }).where(eq(staff.id, staffId))
    })
    await attempt({ email })
    const [row] = await db().read.select({ hash: staff.passwordHash }).from(staff).where(eq(staff.id, staffId))
    expect(row?.hash).toMatch(/m=19456,t=2,p=1/)
    await attempt({ email, at: 1000 })
  })
})

describe('guessing', () => {
  test('ten failures lock an account for 30 minutes, the right password included', async () => {
    const { email } = await person()
    const fails = async (ms: number) => refusal(attempt({ email, password: 'wrong', at: ms }))
    let ms = 0
    for (let n = 1; n <= ACCOUNT_LIMIT; n++) {
      expect((await fails(ms))?.code, `failure ${n}`).toBe('CREDENTIALS_INVALID')
      ms += 40_000
    }
    const last = ms - 40_000
    expect(await refusal(attempt({ email, at: last + 1000 }))).toEqual({
      code: 'RATE_LIMITED',
      details: { retryAfterSeconds: 1799, policy: 'sign-in' },
    })
    expect((await refusal(attempt({ email, at: last + WINDOW_MS - 1 })))?.code).toBe('RATE_LIMITED')
    expect(await refusal(attempt({ email, at: last + WINDOW_MS }))).toBeUndefined()
    expect(
      await db()
        .read.select()
        .from(signInFailures)
        .where(eq(signInFailures.failedAt, later(last)())),
    ).toEqual([
      expect.objectContaining({ subject: expect.stringMatching(/^address:/) }),
      expect.objectContaining({ subject: `merchant:${merchantId}` }),
    ])
  })

  test('the wait grows from the fifth failure on', () => {
    const failures = (n: number) => Array.from({ length: n }, (_, i) => START - i)
    expect([0, 1, 4, 5, 6, 9].map((n) => accountWait(failures(n), START))).toEqual([0, 0, 0, 1000, 2000, 16_000])
    expect(accountWait(failures(5), START + 1000)).toBe(0)
    expect(accountWait(failures(10), START)).toBe(WINDOW_MS)
  })

  test('of many guesses at the same moment no more than the limit are compared', async () => {
    const { email } = await person()
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        refusal(attempt({ email, password: 'wrong', ip: '192.0.2.1', at: WINDOW_MS * 3 })),
      ),
    )
    expect(answers.filter((answer) => answer?.code === 'CREDENTIALS_INVALID')).toHaveLength(5)
    expect(answers.filter((answer) => answer?.code === 'RATE_LIMITED')).toHaveLength(35)
  })

  test('honest attempts at the same moment do not lock each other out', async () => {
    const { email } = await person()
    const answers = await Promise.all(Array.from({ length: 15 }, () => refusal(attempt({ email, ip: '192.0.2.2' }))))
    expect(answers.filter(Boolean)).toEqual([])
  })

  test('100 failures of an address and 500 of a merchant are enough', async () => {
    const now = later(WINDOW_MS * 10)()
    for (let n = 0; n < ADDRESS_LIMIT; n++)
      await admit({ account: `a${n}`, ip: '192.0.2.77', merchantId: undefined }, now)
    expect((await refusal(admit({ account: 'fresh', ip: '192.0.2.77', merchantId: undefined }, now)))?.code).toBe(
      'RATE_LIMITED',
    )
    expect(await refusal(admit({ account: 'fresh', ip: '192.0.2.78', merchantId: undefined }, now))).toBeUndefined()
    for (let n = 0; n < MERCHANT_LIMIT; n++)
      await admit({ account: `b${n}`, ip: `10.${n % 250}.${n >> 8}.1`, merchantId: 99 }, now)
    expect((await refusal(admit({ account: 'other', ip: '192.0.2.79', merchantId: 99 }, now)))?.code).toBe(
      'RATE_LIMITED',
    )
    expect(await refusal(admit({ account: 'other', ip: '192.0.2.79', merchantId: 98 }, now))).toBeUndefined()
    const after = new Date(now.getTime() + WINDOW_MS)
    expect(await refusal(admit({ account: 'fresh', ip: '192.0.2.77', merchantId: 99 }, after))).toBeUndefined()
  })

  test('what strangers typed as an address is not kept', async () => {
    await refusal(attempt({ email: 'private-stranger@mail.example', ip: '192.0.2.80' }))
    const rows = await db().read.select().from(signInFailures)
    expect(JSON.stringify(rows)).not.toContain('private-stranger')
  })
})

describe('sessions', () => {
  test('end after 15 idle minutes, and after 12 hours in any case', async () => {
    const { email } = await person()
    const { secret } = await attempt({ email })
    expect(await live(secret, 15 * 60_000)).toBeDefined()
    expect(await findSession(secret, 'web', later(15 * 60_000 + 1)())).toBe('expired')
    const session = (await live(secret, 0)) as Session
    for (let hour = 1; hour < 48; hour++) {
      await touch(session, merchantId, later(hour * 14 * 60_000)())
    }
    expect(await live(secret, 47 * 14 * 60_000)).toBeDefined()
    expect(await findSession(secret, 'web', later(12 * 3600_000)())).toBe('expired')
  })

  test('a staff token lasts one hour, idle or not, and opens no page', async () => {
    const { email } = await person()
    const { secret, expiresAt } = await attempt({ email, kind: 'api' })
    expect(secret).toMatch(/^st_/)
    expect(expiresAt.getTime() - START).toBe(3600_000)
    expect(await live(secret, 3600_000 - 1, 'api')).toBeDefined()
    expect(await findSession(secret, 'api', later(3600_000)())).toBe('expired')
    expect(await findSession(secret, 'web', later(0)())).toBeUndefined()
  })

  test('are at most ten of a kind per person; the longest unused ends', async () => {
    const { email } = await person()
    const secrets: string[] = []
    for (let n = 0; n < 11; n++) secrets.push((await attempt({ email, at: n * 1000 })).secret)
    expect(await findSession(secrets[0] ?? '', 'web', later(11_000)())).toBeUndefined()
    for (const secret of secrets.slice(1)) expect(await live(secret, 11_000)).toBeDefined()
  })

  test('are listed without secrets and ended one by one, by their owner', async () => {
    const [mine, other] = [await person(), await person()]
    const { secret } = await attempt({ email: mine.email })
    const theirs = await attempt({ email: other.email })
    const session = (await live(secret, 0)) as Session
    const ctx = await ctxOfSession(session, undefined, { ip: null, now: later(0) })
    if (!ctx) throw new Error('no context')
    const list = await listSessions(ctx, {})
    expect(list).toMatchObject([{ id: session.id, kind: 'web', device: 'Test browser' }])
    expect(JSON.stringify(list)).not.toMatch(/secret|hash/i)
    expect((await refusal(endSession(ctx, { sessionId: theirs.sessionId })))?.code).toBe('SESSION_NOT_FOUND')
    expect((await refusal(listSessions(ctx, { staffId: other.staffId })))?.code).toBe('PERMISSION_MISSING')
    await endSession(ctx, { sessionId: session.id })
    expect(await live(secret, 0)).toBeUndefined()
    await signOut(theirs.secret, 'web', { ip: null, now: later(0) })
    expect(await live(theirs.secret, 0)).toBeUndefined()
  })

  test('of a suspended or removed person end at once', async () => {
    for (const end of [suspendStaff, removeMember, endSessions]) {
      const { email, staffId } = await person()
      const { secret } = await attempt({ email })
      await end(at(merchantId), { staffId })
      expect(await live(secret, 0)).toBeUndefined()
      const after = await refusal(attempt({ email }))
      if (end === endSessions) expect(after).toBeUndefined()
      else expect(after?.code).toBe('CREDENTIALS_INVALID')
    }
  })

  test('a proof of the password counts as a fresh one, a wrong one as a failed sign-in', async () => {
    const { email } = await person()
    const { secret } = await attempt({ email })
    const session = (await live(secret, 0)) as Session
    expect((await refusal(proveAgain(session, 'wrong', { ip: null, now: later(60_000) })))?.code).toBe(
      'CREDENTIALS_INVALID',
    )
    expect((await live(secret, 60_000))?.provenAt.getTime()).toBe(START)
    await proveAgain(session, PASSWORD, { ip: null, now: later(120_000) })
    expect((await live(secret, 120_000))?.provenAt.getTime()).toBe(START + 120_000)
  })

  test('reach the whole subtree of a membership and nothing else', async () => {
    const child = await makeMerchant('Child', merchantId)
    const stranger = await makeMerchant('Stranger')
    const { email } = await person()
    const session = (await live((await attempt({ email })).secret, 0)) as Session
    expect((await ctxOfSession(session, child.id, { ip: null }))?.merchantId).toBe(child.id)
    expect(await ctxOfSession(session, stranger.id, { ip: null })).toBeUndefined()
    expect(await ctxOfSession(session, 999_999, { ip: null })).toBeUndefined()
  })
})
