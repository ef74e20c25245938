import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { cookieOf, openToken, SESSION_COOKIE, sealToken, tokenSecret } from './cookie.ts'

const sid = 'the-secret-of-a-session'

test('a token carries the session alone, sealed', async () => {
  const token = await sealToken({ token: { sid, name: 'Mara', email: 'mara@web.example' }, secret: 'ignored' })
  expect(token).not.toContain(sid)
  const opened = await openToken({ token })
  expect(opened).toMatchObject({ sid })
  expect(Object.keys(opened ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid'])
})

test('foreign, expired, unsigned and changed tokens do not open', async () => {
  const own = await encode({ token: { sid }, secret: tokenSecret() })
  expect(await openToken({ token: own })).toMatchObject({ sid })
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const others = [
    await encode({ token: { sid }, secret: 'another secret of another place' }),
    await encode({ token: { sid }, secret: tokenSecret(), maxAge: -60 }),
    `${base64({ alg: 'none' })}.${base64({ sid })}.`,
    `${base64({ alg: 'HS256' })}.${base64({ sid })}.c2lnbmF0dXJl`,
    `${own.slice(0, -4)}AAAA`,
    '',
  ]
  for (const token of others) expect(await openToken({ token }), token.slice(0, 20)).toBeNull()
})

test('on this machine without https only prefix and Secure fall away', () => {
  expect(SESSION_COOKIE).toBe('clientele.session')
  expect(cookieOf('session').options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: false })
})
