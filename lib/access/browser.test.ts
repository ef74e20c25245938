import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeMerchant } from '#db/testing/make'
import { SESSION_COOKIE, sealToken, sessionCtx } from '#lib/web/cookie'
import { appError } from '../core/errors.ts'
import { signOut } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { createStaff } from './team.ts'

describe('the cookie', () => {
  let merchantId: number
  const PASSWORD = 'vex lumo drift quarry'
  const jar = (value: string) => new Headers({ cookie: `a=b; ${SESSION_COOKIE}=${value}; c=d` })

  beforeAll(async () => {
    await openDb()
    merchantId = (await makeMerchant('Harbor Books')).id
    await createStaff(at(merchantId), { name: 'Mara', email: 'mara@web.example', password: PASSWORD, role: 'manager' })
  })

  test('opens the merchants in reach until the session ends', async () => {
    const { secret } = await signIn({
      email: 'mara@web.example',
      password: PASSWORD,
      ip: null,
      device: '',
      kind: 'web',
    })
    const cookie = await sealToken({ token: { sid: secret }, secret: '' })
    expect(cookie).not.toContain(secret)
    expect(await sessionCtx(jar(cookie))).toMatchObject({
      merchantId,
      actor: { type: 'staff', name: 'Mara', role: 'manager' },
    })
    const stranger = await makeMerchant('Stranger')
    for (const m of [String(stranger.id), '999999', 'x']) {
      const refused = await sessionCtx(jar(cookie), m).catch(appError)
      expect(refused).toMatchObject({ code: 'MERCHANT_NOT_FOUND' })
    }
    await signOut(secret, 'web', { ip: null })
    expect(await sessionCtx(jar(cookie))).toBeUndefined()
  })

  test('staff tokens, bare secrets and changed cookies open nothing', async () => {
    const given = { email: 'mara@web.example', password: PASSWORD, ip: null, device: '' }
    const [token, web] = [await signIn({ ...given, kind: 'api' }), await signIn({ ...given, kind: 'web' })]
    const api = await sealToken({ token: { sid: token.secret }, secret: '' })
    const own = await sealToken({ token: { sid: web.secret }, secret: '' })
    expect(await sessionCtx(jar(own))).toBeDefined()
    for (const value of [api, web.secret, token.secret, '', 'x', own.slice(0, -2), own.replace(/^./, 'f')]) {
      expect(await sessionCtx(jar(value)), value.slice(0, 20)).toBeUndefined()
    }
    expect(await sessionCtx(new Headers())).toBeUndefined()
  })
})
