import { beforeAll, describe, expect, test } from 'vitest'
import { staffAt } from '#db/testing/make'
import { bareMerchant as merchant } from '#db/testing/merchant'
import type { Ctx } from '../core/ctx.ts'
import { archiveCustomer, createCustomer, updateCustomer } from './commands.ts'
import { findCustomerId, listCustomers } from './queries.ts'

const names = async (search: Parameters<typeof listCustomers>[1], as: Ctx) =>
  (await listCustomers(as, search)).data.map(({ name }) => name).sort()

describe('finding', () => {
  let own: Ctx
  beforeAll(async () => {
    own = await merchant('allow')
    await createCustomer(own, {
      name: 'Bjørn Hansen',
      email: 'bjorn.hansen@yahoo.no',
      phone: '+47 22 44 22 22',
      address: { city: 'Oslo' },
    })
    await createCustomer(own, {
      name: 'François Tremblay',
      email: 'ftremblay@gmail.com',
      company: 'Érable & Cie',
      phone: '+1 (514) 721-4711',
    })
    await createCustomer(own, { name: '山田太郎', email: 'taro@example.jp', memberId: 'M-77' })
    await createCustomer(own, {
      name: 'Ольга Иванова',
      email: 'olga@example.ru',
      status: 'suspended',
      preferences: { currency: 'RUB' },
    })
  })

  test.each([
    ['bjorn', 'Bjørn Hansen'],
    ['ØRN HAN', 'Bjørn Hansen'],
    ['HANSEN@YAHOO', 'Bjørn Hansen'],
    ['22442222', 'Bjørn Hansen'],
    ['oslo', 'Bjørn Hansen'],
    ['francois', 'François Tremblay'],
    ['erable', 'François Tremblay'],
    ['721-4711', 'François Tremblay'],
    ['(514)', 'François Tremblay'],
    ['5147214711', 'François Tremblay'],
    ['山田太', '山田太郎'],
    ['山田', '山田太郎'],
    ['ивано', 'Ольга Иванова'],
    ['ол', 'Ольга Иванова'],
    ['M-77', '山田太郎'],
    ['"olga@example.ru"', 'Ольга Иванова'],
    ['memberId:M-77', '山田太郎'],
    ['status:suspended', 'Ольга Иванова'],
    ['city:oslo', 'Bjørn Hansen'],
    ['currency:rub', 'Ольга Иванова'],
  ])('%s finds %s', async (q, name) => {
    expect(await names({ q }, own)).toEqual([name])
  })

  test('words are joined by AND, a minus excludes, and what the grammar does not know is text', async () => {
    expect(await names({ q: 'tremblay gmail' }, own)).toEqual(['François Tremblay'])
    expect(await names({ q: 'tremblay yahoo' }, own)).toEqual([])
    expect(await names({ q: '-tremblay -hansen -status:suspended' }, own)).toEqual(['山田太郎'])
    expect(await names({ q: 'foo:bar' }, own)).toEqual([])
    expect(await names({ q: '%' }, own)).toEqual([])
    expect(await names({ q: `x' OR 1=1 --` }, own)).toEqual([])
  })

  test('an unclosed quote tells where', async () => {
    await expect(listCustomers(own, { q: 'ann "north' })).rejects.toMatchObject({
      code: 'QUERY_INVALID',
      details: { offset: 4 },
    })
  })

  test('each of its ids finds a customer', async () => {
    const [first] = (await listCustomers(own, { q: 'bjorn' })).data
    for (const identity of [String(first?.id), first?.customerId ?? '']) {
      expect(await names({ q: identity }, own)).toContain('Bjørn Hansen')
      expect(await findCustomerId(own, { identity })).toBe(first?.id)
    }
    expect(await findCustomerId(own, { identity: 'member:M-77' })).toBeTypeOf('number')
  })

  test('a changed customer is found by the new and no longer by the old value', async () => {
    const { customer } = await createCustomer(own, { name: 'Zebulon Quick' })
    await updateCustomer(own, { id: customer.id, firstName: 'Wanda', lastName: 'Slow' })
    expect(await names({ q: 'zebulon' }, own)).toEqual([])
    expect(await names({ q: 'wanda' }, own)).toEqual(['Wanda Slow'])
    await archiveCustomer(own, { id: customer.id })
    expect(await names({ q: 'wanda' }, own)).toEqual([])
    expect(await names({ q: 'wanda', lifecycle: ['archived'] }, own)).toEqual(['Wanda Slow'])
  })

  test('who sees personal data masked finds it by its whole value only, and cannot sort by it', async () => {
    const analyst = staffAt(own.merchantId, 'analyst')
    expect(await names({ q: 'bjorn' }, analyst)).toEqual([])
    expect(await names({ q: 'bjorn.hansen@yahoo.no' }, analyst)).toEqual(['B••• H•••'])
    await expect(listCustomers(analyst, { sort: 'name' })).rejects.toMatchObject({ code: 'PERMISSION_MISSING' })
    const page = JSON.stringify(await listCustomers(analyst, {}))
    for (const secret of ['jørn', 'jorn', 'yahoo', '2244', 'Tremblay', 'olga', '山田太郎'])
      expect(page).not.toContain(secret)
  })
})

describe('paging', () => {
  test.each(['-createDate', 'createDate', 'name', '-name', 'email', 'updateDate', '-id', 'name,-createDate'])(
    'by %s shows each untouched row once, both ways, while others come and go',
    async (sort) => {
      const own = await merchant('allow')
      const moment = new Date('2026-01-01T00:00:00.123Z')
      const steady = await Promise.all(
        Array.from({ length: 45 }, (_, i) =>
          createCustomer(
            { ...own, now: () => new Date(moment.getTime() + Math.floor(i / 7)) },
            { name: `N${i % 9}`, email: i % 3 ? `${i}@x.example` : null },
          ),
        ),
      )
      const extra = await createCustomer(own, { name: 'Goes' })
      const seen: number[] = []
      let cursor: string | undefined
      let last: Awaited<ReturnType<typeof listCustomers>> | undefined
      do {
        last = await listCustomers(own, { sort, limit: 10, cursor })
        seen.push(...last.data.map(({ id }) => id))
        if (!cursor) await archiveCustomer(own, { id: extra.customer.id })
        await createCustomer(own, { name: 'N4', email: '4@x.example' })
        cursor = last.nextCursor ?? undefined
      } while (cursor && seen.length < 200)
      const ids = new Set(steady.map(({ customer }) => customer.id))
      const forward = seen.filter((id) => ids.has(id))
      expect(forward).toHaveLength(45)
      expect(new Set(forward).size).toBe(45)
      const before = await listCustomers(own, { sort, limit: 10, cursor: last.prevCursor ?? undefined })
      const back = before.data.map(({ id }) => id).filter((id) => ids.has(id))
      expect(back.length).toBeGreaterThan(0)
      expect(forward.join()).toContain(back.join())
    },
  )

  test('a cursor used with another filter or sort, or changed, is refused', async () => {
    const own = await merchant('allow')
    for (let i = 0; i < 3; i++) await createCustomer(own, { name: `P${i}` })
    const { nextCursor } = await listCustomers(own, { limit: 2 })
    for (const other of [{ sort: 'name' }, { status: ['active' as const] }, { q: 'p' }]) {
      await expect(listCustomers(own, { ...other, limit: 2, cursor: nextCursor ?? '' })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      })
    }
    await expect(listCustomers(await merchant(), { limit: 2, cursor: nextCursor ?? '' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })

  test('a total comes only when asked for', async () => {
    const own = await merchant('allow')
    for (let i = 0; i < 3; i++) await createCustomer(own, { name: `P${i}` })
    expect(await listCustomers(own, { limit: 2 })).not.toHaveProperty('total')
    expect((await listCustomers(own, { limit: 2, total: true })).total).toEqual({ value: 3, relation: 'eq' })
  })
})
