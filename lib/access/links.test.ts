import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { oneTimeLinks } from '#db/schema'
import { at, makeMerchant, staffAt } from '#db/testing/make'
import { appError } from '../core/errors.ts'
import { getMerchant } from '../merchants/queries.ts'
import { firstOwnerLink, isSetUp, isSetUpLink, setupFirstOwner } from './first-owner.ts'
import {
  acceptInvitation,
  findInvitation,
  inviteStaff,
  listInvitations,
  resendInvitation,
  withdrawInvitation,
} from './invitations.ts'
import { signIn } from './sign-in.ts'
import { getStaff } from './team.ts'

const PASSWORD = 'vex lumo drift quarry'
const MINUTE = 60_000
const DAY = 86_400_000
const caller = { ip: '198.51.100.9' }
const later = (ms: number) => ({ ...caller, now: () => new Date(Date.now() + ms) })
const tokenOf = (link: string | undefined) => link?.split('/').at(-1) ?? ''

beforeAll(async () => {
  await openDb()
})

const codeOf = async (run: Promise<unknown>): Promise<string | undefined> => {
  try {
    await run
    return undefined
  } catch (err) {
    const refused = appError(err)
    if (!refused) throw err
    return refused.code
  }
}

const enter = (email: string, password = PASSWORD) => signIn({ email, password, device: '', kind: 'web', ...caller })

describe('the first owner', () => {
  const owner = {
    merchant: { name: 'Harbor Books', country: 'GB', currency: 'GBP', timeZone: 'Europe/London' },
    name: 'Mara Lindqvist',
    email: 'mara@owner.example',
    password: PASSWORD,
  }

  test('is made once, by the newest link, within 60 minutes', async () => {
    expect(await isSetUp()).toBe(false)
    const old = tokenOf(await firstOwnerLink())
    const link = await firstOwnerLink()
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/setup\/[\w-]{43}$/)
    const token = tokenOf(link)
    expect([await isSetUpLink(old), await isSetUpLink(token)]).toEqual([false, true])
    expect(JSON.stringify(await db().read.select().from(oneTimeLinks))).not.toContain(token)
    expect(await codeOf(setupFirstOwner({ token: old, ...owner }, caller))).toBe('LINK_NOT_FOUND')
    expect(await codeOf(setupFirstOwner({ token, ...owner }, later(60 * MINUTE)))).toBe('LINK_NOT_FOUND')
    expect(await codeOf(setupFirstOwner({ token, ...owner, password: 'HarborBooks2027' }, caller))).toBe(
      'PASSWORD_REFUSED',
    )
    expect(await codeOf(setupFirstOwner({ token, ...owner, email: 'x' }, caller))).toBe('VALIDATION_ERROR')
    const tries = await Promise.all([1, 2, 3].map(() => codeOf(setupFirstOwner({ token, ...owner }, caller))))
    expect(tries.sort()).toEqual(['LINK_NOT_FOUND', 'LINK_NOT_FOUND', undefined])
    expect(await isSetUp()).toBe(true)
    expect(await firstOwnerLink()).toBeUndefined()
    const { merchantId, staff } = await enter(owner.email)
    expect((await getStaff(at(merchantId), { staffId: staff.id })).memberships).toMatchObject([
      { merchantId, role: 'owner' },
    ])
    expect(await getMerchant(at(merchantId), {})).toMatchObject({
      ...owner.merchant,
      parentId: null,
      duplicatePolicy: 'warn',
    })
  })
})

describe('an invitation', () => {
  test('makes an account with its role, once', async () => {
    const merchant = await makeMerchant('Fjord Outdoor')
    const { link, mailed, invitation } = await inviteStaff(staffAt(merchant.id, 'admin'), {
      email: 'new@fjord.example',
      role: 'support',
    })
    expect(mailed).toBe(false)
    const token = tokenOf(link)
    expect(await findInvitation(token)).toMatchObject({
      email: 'new@fjord.example',
      role: 'support',
      merchantName: 'Fjord Outdoor',
      hasAccount: false,
    })
    expect(JSON.stringify(await listInvitations(at(merchant.id), {}))).not.toMatch(/token|hash/i)
    expect(await codeOf(acceptInvitation({ token, password: PASSWORD }, caller))).toBe('VALIDATION_ERROR')
    expect(await codeOf(acceptInvitation({ token, name: 'New', password: 'FjordOutdoor-123' }, caller))).toBe(
      'PASSWORD_REFUSED',
    )
    expect(await codeOf(acceptInvitation({ token, name: 'New', password: PASSWORD }, later(7 * DAY)))).toBe(
      'LINK_NOT_FOUND',
    )
    const tries = await Promise.all(
      [1, 2].map(() => codeOf(acceptInvitation({ token, name: 'New', password: PASSWORD }, caller))),
    )
    expect(tries.filter((code) => code === undefined)).toHaveLength(1)
    expect((await enter('new@fjord.example')).merchantId).toBe(merchant.id)
    expect(await listInvitations(at(merchant.id), {})).toEqual([])
    expect(await codeOf(withdrawInvitation(at(merchant.id), { invitationId: invitation.id }))).toBe('LINK_NOT_FOUND')
    expect(await codeOf(inviteStaff(at(merchant.id), { email: 'NEW@fjord.example', role: 'analyst' }))).toBe(
      'MEMBERSHIP_EXISTS',
    )
  })

  test('to an address with an account asks for its password and adds a membership', async () => {
    const [one, two] = [await makeMerchant('One'), await makeMerchant('Two')]
    const first = await inviteStaff(at(one.id), { email: 'both@fjord.example', role: 'support' })
    await acceptInvitation({ token: tokenOf(first.link), name: 'Both', password: PASSWORD }, caller)
    const second = await inviteStaff(at(two.id), { email: 'both@fjord.example', role: 'analyst' })
    const token = tokenOf(second.link)
    expect((await findInvitation(token))?.hasAccount).toBe(true)
    expect(await codeOf(acceptInvitation({ token, password: 'not the password' }, caller))).toBe('CREDENTIALS_INVALID')
    expect(await codeOf(acceptInvitation({ token, password: PASSWORD }, caller))).toBeUndefined()
    const { staff } = await enter('both@fjord.example')
    expect((await getStaff(at(two.id), { staffId: staff.id })).memberships).toMatchObject([{ role: 'analyst' }])
  })

  test('is renewed with a new link, or withdrawn', async () => {
    const merchant = await makeMerchant('Again')
    const first = await inviteStaff(at(merchant.id), { email: 'again@fjord.example', role: 'manager' })
    const second = await resendInvitation(at(merchant.id), { invitationId: first.invitation.id })
    expect([await findInvitation(tokenOf(first.link)), (await findInvitation(tokenOf(second.link)))?.id]).toEqual([
      undefined,
      first.invitation.id,
    ])
    const stranger = await makeMerchant('Stranger')
    expect(await codeOf(withdrawInvitation(at(stranger.id), { invitationId: first.invitation.id }))).toBe(
      'LINK_NOT_FOUND',
    )
    await withdrawInvitation(at(merchant.id), { invitationId: first.invitation.id })
    expect(await findInvitation(tokenOf(second.link))).toBeUndefined()
  })

  test('never hands out more than its maker holds', async () => {
    const merchant = await makeMerchant('Grant')
    const admin = staffAt(merchant.id, 'admin')
    expect(await codeOf(inviteStaff(admin, { email: 'a@grant.example', role: 'owner' }))).toBe('PERMISSION_MISSING')
    expect(
      await codeOf(inviteStaff(staffAt(merchant.id, 'manager'), { email: 'a@grant.example', role: 'analyst' })),
    ).toBe('PERMISSION_MISSING')
    const owners = await inviteStaff(staffAt(merchant.id, 'owner'), { email: 'o@grant.example', role: 'owner' })
    expect(await codeOf(resendInvitation(admin, { invitationId: owners.invitation.id }))).toBe('PERMISSION_MISSING')
    const stale = staffAt(merchant.id, 'owner', { provenAt: new Date(Date.now() - 5 * MINUTE - 1) })
    expect(await codeOf(inviteStaff(stale, { email: 'b@grant.example', role: 'support' }))).toBe('STEP_UP_REQUIRED')
  })
})
