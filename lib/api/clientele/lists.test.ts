// Paging, filters, sparse and expanded answers, search by POST.
import { beforeAll, describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeCard, makeConnector, makeContainer, makeCustomer, makeMerchant, makeProfile } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { setDefaultContainer } from '../../containers/commands.ts'
import type { Ctx } from '../../core/ctx.ts'
import { archiveCustomer } from '../../customers/commands.ts'
import { type Client, client, codeOf, type TestAnswer } from '../testing.ts'

let api: Client
let ctx: Ctx
const ROWS = 260
const CITIES = ['Oslo', 'Malmö', '東京']
const STATUSES = ['active', 'inactive', 'suspended'] as const

beforeAll(async () => {
  await openDb()
  ctx = at((await makeMerchant('Harbor Books')).id)
  api = client((await createApiKey(ctx, { name: 'full', scopes: ['*'] })).key)
  await Promise.all(
    Array.from({ length: ROWS }, (_, i) =>
      makeCustomer(at(ctx.merchantId, { now: () => new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 3) * 86_400_000) }), {
        name: `Person ${String(i % 50).padStart(2, '0')}`,
        email: `person${i}@example.com`,
        memberId: `M-${i}`,
        status: STATUSES[i % 3],
        address: { city: CITIES[i % 3], country: i % 2 ? 'SE' : 'NO' },
        tags: i % 10 === 0 ? ['VIP'] : [],
        customFields: { tier: i % 4 === 0 ? 'gold' : 'silver' },
      }),
    ),
  )
})

const idsOf = (answer: TestAnswer): number[] => answer.body.data.map(({ id }: { id: number }) => id)
const next = (answer: TestAnswer, rel = 'next') =>
  new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')?.[1]

async function all(
  path: string,
  between: (page: number) => Promise<unknown> = async () => undefined,
): Promise<number[]> {
  const seen: number[] = []
  for (let at: string | undefined = path, page = 0; at; page++) {
    const answer = await api.get(at)
    expect(answer.status).toBe(200)
    seen.push(...idsOf(answer))
    expect(Boolean(next(answer))).toBe(answer.body.hasMore)
    at = next(answer)
    await between(page)
  }
  return seen
}

describe('paging', () => {
  test.each(['-createDate', 'createDate', 'name', '-name', '-updateDate,name', 'email', 'id'])(
    'by %s yields each row exactly once',
    async (sort) => {
      const seen = await all(`/customers?sort=${sort}&limit=37`)
      expect(seen).toHaveLength(new Set(seen).size)
      expect(seen.length).toBeGreaterThanOrEqual(ROWS)
    },
  )

  test('goes on without repeat or gap while rows come and go', async () => {
    const before = new Set(await all('/customers?limit=100'))
    const touched = new Set<number>()
    const seen = await all('/customers?sort=name&limit=20', async (page) => {
      touched.add((await makeCustomer(ctx, { name: `Person ${page}a` })).id)
      const victim = [...before][page * 7]
      if (victim === undefined || page % 3 > 0) return
      touched.add(victim)
      await archiveCustomer(ctx, { id: victim })
    })
    const untouched = seen.filter((id) => before.has(id) && !touched.has(id))
    expect(untouched).toHaveLength(new Set(untouched).size)
    expect(new Set(untouched)).toEqual(new Set([...before].filter((id) => !touched.has(id))))
  })

  test('goes back to the page before', async () => {
    const first = await api.get('/customers?limit=10')
    expect(first.body).toMatchObject({ hasMore: true, prevCursor: null })
    const second = await api.get(next(first) ?? '')
    expect(idsOf(await api.get(next(second, 'prev') ?? ''))).toEqual(idsOf(first))
  })

  test('a cursor belongs to its list', async () => {
    const { nextCursor } = (await api.get('/customers?limit=5&status=active')).body
    for (const query of [
      `limit=5&cursor=${nextCursor}`,
      `status=inactive&cursor=${nextCursor}`,
      `status=active&sort=name&cursor=${nextCursor}`,
    ]) {
      expect(codeOf(await api.get(`/customers?${query}`))).toBe('CURSOR_INVALID')
    }
    const tampered = `${nextCursor.slice(0, -2)}${nextCursor.endsWith('A') ? 'B' : 'A'}${nextCursor.at(-2)}`
    expect(codeOf(await api.get(`/customers?limit=5&status=active&cursor=${tampered}`))).toBe('CURSOR_INVALID')
    expect(codeOf(await api.get('/customers?cursor=nonsense'))).toBe('CURSOR_INVALID')
    expect((await api.get(`/customers?limit=9&status=active&cursor=${nextCursor}`)).status).toBe(200)
  })

  test('the total comes when asked for', async () => {
    expect((await api.get('/customers?memberId=M-1&include=total')).body.total).toEqual({ value: 1, relation: 'eq' })
    expect((await api.get('/customers?memberId=M-1')).body).not.toHaveProperty('total')
  })
})

describe('filters', () => {
  const rows = async (query: string) => (await api.get(`/customers?limit=100&${query}`)).body.data
  test.each([
    ['status=active,suspended', (row: { status: string }) => row.status !== 'inactive'],
    ['country=se', (row: { country: string }) => row.country === 'SE'],
    [
      'country=SE&status=active',
      (row: { country: string; status: string }) => row.country === 'SE' && row.status === 'active',
    ],
    ['tag=vip', (row: { tags: string[] }) => row.tags.includes('VIP')],
    ['customField.tier=gold', (row: { customFields: { tier: string } }) => row.customFields.tier === 'gold'],
    ['city=malmo', (row: { billingAddress: { city: string } }) => row.billingAddress.city === 'Malmö'],
    [
      `city=${encodeURIComponent('東京')}`,
      (row: { billingAddress: { city: string } }) => row.billingAddress.city === '東京',
    ],
    ['memberId=M-1,M-2', (row: { memberId: string }) => ['M-1', 'M-2'].includes(row.memberId)],
    ['email=PERSON3@example.com', (row: { email: string }) => row.email === 'person3@example.com'],
    [
      'createDate[gte]=2026-02-01&createDate[lt]=2026-02-03',
      (row: { createDate: string }) => row.createDate >= '2026-02-01' && row.createDate < '2026-02-03',
    ],
    ['hasInstrument=false&status=active', (row: { status: string }) => row.status === 'active'],
  ])('%s', async (query, holds) => {
    const found = await rows(query)
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(holds)).toBe(true)
  })

  test('archived ones show only when asked for', async () => {
    const gone = await makeCustomer(ctx, { name: 'Gone Away', memberId: 'GONE' })
    await archiveCustomer(ctx, { id: gone.id })
    expect(await rows('memberId=GONE')).toEqual([])
    expect((await rows('memberId=GONE&lifecycle=current,archived')).map((row: { id: number }) => row.id)).toEqual([
      gone.id,
    ])
  })

  test('a customer is found by q right after its create: any script, last four, memberId, each of its ids', async () => {
    const { id: containerId } = await makeContainer(ctx)
    await setDefaultContainer(ctx, { containerId })
    const made = (
      await api.post('/customers', { name: 'Ольга 小林 O’Neill', email: 'olga@example.com', memberId: 'X-4711' })
    ).body
    const { profileGuid } = await makeProfile(ctx, { customerId: made.id })
    const card = await makeCard(ctx, {
      profileGuid,
      connectorId: (await makeConnector(ctx)).connector.id,
      lastFour: '7788',
    })
    for (const q of [
      'льг',
      '小林',
      'olga@exam',
      '7788',
      'X-4711',
      String(made.id),
      made.customerId,
      profileGuid,
      card.paymentToken,
      'last4:7788',
    ]) {
      expect(idsOf(await api.get(`/customers?q=${encodeURIComponent(q)}`)), q).toContain(made.id)
    }
  })
})

describe('shape', () => {
  test('fields gives just these, in lists and alone', async () => {
    const list = await api.get('/customers?fields=name,id&limit=2')
    expect(list.body.data.map(Object.keys)).toEqual([
      ['id', 'name'],
      ['id', 'name'],
    ])
    const [{ id }] = list.body.data
    expect(Object.keys((await api.get(`/customers/${id}?fields=email,id`)).body)).toEqual(['id', 'email'])
  })

  test('expand adds owner, profile and instruments', async () => {
    const customer = await makeCustomer(ctx, { name: 'Wanda Wallet', email: 'wanda@example.com' })
    const { profileGuid } = await makeProfile(ctx, { customerId: customer.id })
    const card = await makeCard(ctx, { profileGuid, connectorId: (await makeConnector(ctx)).connector.id })
    const { body } = await api.get(`/customers/${customer.id}?expand=instruments,profile,owner&fields=id`)
    expect(body).toMatchObject({
      id: customer.id,
      owner: { id: ctx.merchantId, name: 'Harbor Books' },
      profile: { profileGuid },
    })
    expect(body.instruments.map(({ id }: { id: number }) => id)).toEqual([card.id])
    expect((await api.get(`/customers/${customer.id}?expand=instruments`, { 'If-None-Match': '*' })).status).toBe(200)
    expect(
      (
        await api.put(`/customers/${customer.id}`, {
          ...(
            await api.get(`/customers/${customer.id}?expand=instruments,profile,owner`)
          ).body,
        })
      ).body.changedFields,
    ).toEqual([])
  })
})

describe('POST /customers/search', () => {
  test('takes the same parameters as JSON', async () => {
    const byQuery = await api.get(
      '/customers?status=active,suspended&customField.tier=gold&createDate[gte]=2026-02-01&sort=name&limit=7&include=total&fields=id',
    )
    const byBody = await api.post('/customers/search', {
      status: ['active', 'suspended'],
      customField: { tier: 'gold' },
      createDate: { gte: '2026-02-01' },
      sort: 'name',
      limit: 7,
      include: 'total',
      fields: ['id'],
    })
    expect(byBody.status).toBe(200)
    expect(byBody.body).toEqual(byQuery.body)
    const second = await api.post('/customers/search', {
      ...{
        status: 'active,suspended',
        customField: { tier: 'gold' },
        createDate: { gte: '2026-02-01' },
        sort: 'name',
        limit: 7,
        fields: 'id',
      },
      cursor: byBody.body.nextCursor,
    })
    expect(second.body.data).toHaveLength(7)
  })

  test('refuses what it does not know, and no object', async () => {
    expect(codeOf(await api.post('/customers/search', { foo: 1 }))).toBe('QUERY_INVALID')
    expect(codeOf(await api.post('/customers/search', { status: { deep: { er: 1 } } }))).toMatch(/INVALID|ERROR/)
    expect(codeOf(await api.post('/customers/search', []))).toBe('VALIDATION_ERROR')
  })
})
