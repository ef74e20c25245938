import { beforeAll, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant, staffAt } from '#db/testing/make'
import type { Ctx } from '../core/ctx.ts'
import { appError } from '../core/errors.ts'
import { listSessions } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { createStaff } from './team.ts'
import { endOtherSessions, listTeamSessions } from './team-sessions.ts'

const PASSWORD = 'vex lumo drift quarry'
let here: number
let below: number
let elsewhere: number

async function person(name: string, merchantId: number): Promise<{ email: string; ctx: Ctx }> {
  const email = `${name}@sessions.example`
  const { staffId } = await createStaff(at(merchantId), { name, email, password: PASSWORD, role: 'support' })
  return {
    email,
    ctx: staffAt(merchantId, 'support', { actor: { type: 'staff', id: staffId, name, role: 'support' } }),
  }
}

const enter = (email: string, device = 'Firefox') =>
  signIn({ email, password: PASSWORD, ip: '203.0.113.7', device, kind: 'web' })

beforeAll(async () => {
  await openDb()
  here = (await makeMerchant('Harbor Books')).id
  below = (await makeMerchant('Harbor Kids', here)).id
  elsewhere = (await makeMerchant('Fjord Outdoor')).id
})

test('the team list holds members here and below, last used first, and nobody else', async () => {
  const [ada, kid, stranger] = await Promise.all([
    person('ada', here),
    person('kid', below),
    person('stranger', elsewhere),
  ])
  for (const { email } of [ada, kid, stranger]) await enter(email)
  const listed = await listTeamSessions(staffAt(here, 'auditor'), {})
  expect(listed.map(({ staffName }) => staffName).sort()).toEqual(['ada', 'kid'])
  expect(listed[0]).toMatchObject({ device: 'Firefox', ip: '203.0.113.7', kind: 'web' })
  expect(JSON.stringify(listed)).not.toMatch(/secret/i)
  expect(listed.every((one, index) => index === 0 || one.lastActiveAt <= (listed[index - 1]?.lastActiveAt ?? 0))).toBe(
    true,
  )
})

test('idle and expired sessions are not listed', async () => {
  const { email } = await person('idle', here)
  await enter(email)
  const now = () => new Date(Date.now() + 16 * 60_000)
  const listed = await listTeamSessions(staffAt(here, 'auditor', { now }), {})
  expect(listed).toEqual([])
})

test('the others end and the one in use stays', async () => {
  const { email, ctx } = await person('busy', here)
  const kept = await enter(email, 'Chrome')
  await enter(email, 'Safari')
  await enter(email, 'Edge')
  expect(await endOtherSessions(ctx, { keepId: kept.sessionId })).toEqual({ ended: 2 })
  expect((await listSessions(ctx, {})).map(({ id }) => id)).toEqual([kept.sessionId])
  expect(await endOtherSessions(ctx, { keepId: kept.sessionId })).toEqual({ ended: 0 })
})

test('a key has no sessions to end', async () => {
  const refused = await endOtherSessions(at(here, { actor: { type: 'key', id: 1, name: 'key' } }), { keepId: 1 }).catch(
    appError,
  )
  expect(refused).toMatchObject({ code: 'USER_NOT_FOUND' })
})
