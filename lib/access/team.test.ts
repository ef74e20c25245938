import { beforeAll, describe, expect, test } from 'vitest'
import { db, openDb } from '#db/client'
import { memberships, staff } from '#db/schema'
import { at, makeMerchant, staffAt } from '#db/testing/make'
import type { Ctx } from '../core/ctx.ts'
import { appError } from '../core/errors.ts'
import { ROLES, type Role, rolePermissions } from '../core/permissions.ts'
import { createStaff, getStaff, listStaff, removeMember, resumeStaff, setRole, suspendStaff } from './team.ts'

const PASSWORD = 'vex lumo drift quarry'
let merchantId: number
let system: Ctx
let people = 0

beforeAll(async () => {
  await openDb()
  merchantId = (await makeMerchant('Harbor Books')).id
  system = at(merchantId)
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

async function member(role: Role, place = merchantId): Promise<{ staffId: number; ctx: Ctx }> {
  const { staffId } = await createStaff(at(place), {
    name: `P ${++people}`,
    email: `p${people}@team.example`,
    password: PASSWORD,
    role,
  })
  return { staffId, ctx: staffAt(place, role, { actor: { type: 'staff', id: staffId, name: `P ${people}`, role } }) }
}

describe('granting', () => {
  test.each(ROLES)('%s hands out exactly the roles that hold no more', async (role) => {
    const { ctx } = await member(role)
    for (const wanted of ROLES) {
      const { staffId } = await member('analyst')
      const mine = rolePermissions(role)
      const may = mine.has('team:write') && [...rolePermissions(wanted)].every((permission) => mine.has(permission))
      const code = await codeOf(setRole(ctx, { staffId, role: wanted }))
      expect(code, `${role} makes ${wanted}`).toBe(may ? undefined : 'PERMISSION_MISSING')
    }
  })

  test.each(['suspendStaff', 'removeMember', 'setRole'] as const)('an admin cannot %s an owner', async (verb) => {
    const { ctx } = await member('admin')
    await member('owner')
    const { staffId } = await member('owner')
    const run = {
      suspendStaff: () => suspendStaff(ctx, { staffId }),
      removeMember: () => removeMember(ctx, { staffId }),
      setRole: () => setRole(ctx, { staffId, role: 'support' }),
    }
    expect(await codeOf(run[verb]())).toBe('PERMISSION_MISSING')
  })

  test('the own role can be lowered, not raised', async () => {
    const { staffId, ctx } = await member('admin')
    expect(await codeOf(setRole(ctx, { staffId, role: 'manager' }))).toBeUndefined()
    expect(await codeOf(setRole(ctx, { staffId, role: 'admin' }))).toBe('PERMISSION_MISSING')
  })

  test('needs a fresh proof', async () => {
    const { staffId } = await member('support')
    const stale = staffAt(merchantId, 'owner', { provenAt: new Date(Date.now() - 5 * 60_000 - 1) })
    expect(await codeOf(setRole(stale, { staffId, role: 'analyst' }))).toBe('STEP_UP_REQUIRED')
  })
})

describe('the last owner', () => {
  test('cannot be downgraded, removed or suspended; a second one can', async () => {
    const place = (await makeMerchant('Owners')).id
    const first = await member('owner', place)
    for (const run of [
      () => setRole(first.ctx, { staffId: first.staffId, role: 'admin' }),
      () => removeMember(first.ctx, { staffId: first.staffId }),
      () => suspendStaff(first.ctx, { staffId: first.staffId }),
      () => removeMember(at(place), { staffId: first.staffId }),
    ]) {
      expect(await codeOf(run())).toBe('LAST_OWNER')
    }
    const second = await member('owner', place)
    await suspendStaff(first.ctx, { staffId: second.staffId })
    expect(await codeOf(removeMember(first.ctx, { staffId: first.staffId }))).toBe('LAST_OWNER')
    await resumeStaff(first.ctx, { staffId: second.staffId })
    expect(await codeOf(removeMember(second.ctx, { staffId: first.staffId }))).toBeUndefined()
  })

  test('two owners who remove each other at once leave one', async () => {
    const place = (await makeMerchant('Race')).id
    const [a, b] = [await member('owner', place), await member('owner', place)]
    const codes = await Promise.all([
      codeOf(removeMember(a.ctx, { staffId: b.staffId })),
      codeOf(removeMember(b.ctx, { staffId: a.staffId })),
    ])
    expect(codes.sort()).toEqual(['LAST_OWNER', undefined])
  })
})

describe('whose team', () => {
  test('members are listed for the own merchant, with tree for those below, never above or beside', async () => {
    const parent = (await makeMerchant('Group')).id
    const child = (await makeMerchant('Shop', parent)).id
    const boss = await member('owner', parent)
    const clerk = await member('support', child)
    const ids = async (ctx: Ctx, tree: boolean) => (await listStaff(ctx, { tree })).map(({ id }) => id)
    expect(await ids(at(parent), false)).toEqual([boss.staffId])
    expect((await ids(at(parent), true)).sort()).toEqual([boss.staffId, clerk.staffId].sort())
    expect(await ids(at(child), true)).toEqual([clerk.staffId])
    expect(await codeOf(getStaff(at(child), { staffId: boss.staffId }))).toBe('USER_NOT_FOUND')
    expect(await codeOf(setRole(at(child), { staffId: boss.staffId, role: 'support' }))).toBe('USER_NOT_FOUND')
    expect(await codeOf(setRole(at(child), { staffId: boss.staffId, role: 'support', merchantId: parent }))).toBe(
      'MERCHANT_NOT_FOUND',
    )
    expect(
      await codeOf(setRole(at(parent), { staffId: clerk.staffId, role: 'analyst', merchantId: child })),
    ).toBeUndefined()
    expect(JSON.stringify(await listStaff(at(parent), { tree: true }))).not.toMatch(/hash|preferences/i)
  })

  test('a person who also works elsewhere is removed here, not suspended everywhere', async () => {
    const elsewhere = (await makeMerchant('Elsewhere')).id
    const { staffId } = await member('support')
    await db().write(async (writer) => {
      await writer
        .insert(memberships)
        .values({ staffId, merchantId: elsewhere, role: 'support', createdAt: new Date() })
    })
    expect(await codeOf(suspendStaff(system, { staffId }))).toBe('PERMISSION_MISSING')
    expect(await codeOf(removeMember(system, { staffId }))).toBeUndefined()
    expect((await getStaff(at(elsewhere), { staffId })).memberships).toHaveLength(1)
  })

  test('an address has one account, and the password policy holds for programs too', async () => {
    const person = { name: 'Twice', email: 'twice@team.example', password: PASSWORD, role: 'support' as const }
    await createStaff(system, person)
    expect(await codeOf(createStaff(system, { ...person, email: 'TWICE@team.example' }))).toBe('MEMBERSHIP_EXISTS')
    expect(await codeOf(createStaff(system, { ...person, email: 'x@team.example', password: 'harbor-books-12' }))).toBe(
      'PASSWORD_REFUSED',
    )
    expect(await codeOf(createStaff(system, { ...person, email: 'no mail', password: PASSWORD }))).toBe(
      'VALIDATION_ERROR',
    )
    expect((await db().read.select().from(staff)).filter(({ name }) => name === 'Twice')).toHaveLength(1)
  })
})
