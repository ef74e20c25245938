// The numbered sentence of the contract about the list of customers.
import { beforeAll, describe, expect, test } from 'vitest'
import type { TestAnswer } from '../testing.ts'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('Harbor')
})
const made = async (body: object) => (await shop.stax.post('/customer', body)).body

describe('10: the list', () => {
  const names = ({ body }: TestAnswer) => body.data.map((one: { firstname: string }) => one.firstname)
  beforeAll(async () => {
    for (const [firstname, company] of [
      ['Åsa', 'Fjordline'],
      ['Bo', 'Fjordline'],
      ['Cy', 'Fjordline Cargo'],
    ]) {
      await made({
        firstname,
        company,
        reference: 'ORD-77',
        address_city: 'Bergen',
        notes: `Prefers ${firstname} calls`,
      })
    }
  })

  test('has all twelve keys, newest first, and links that keep the filters', async () => {
    const { body } = await shop.stax.get('/customer?company=fjord&per_page=2&page=1')
    expect(Object.keys(body)).toEqual([
      'current_page',
      'data',
      'first_page_url',
      'from',
      'last_page',
      'last_page_url',
      'next_page_url',
      'path',
      'per_page',
      'prev_page_url',
      'to',
      'total',
    ])
    expect(body).toMatchObject({
      current_page: 1,
      from: 1,
      to: 2,
      last_page: 2,
      per_page: 2,
      total: 3,
      prev_page_url: null,
    })
    const next = new URL(body.next_page_url)
    expect(next.searchParams.get('company')).toBe('fjord')
    const second = await shop.stax.get(`/customer${next.search}`)
    expect(second.body).toMatchObject({ current_page: 2, from: 3, to: 3, next_page_url: null })
    expect(names(second)).toEqual(['Åsa'])
  })

  test('each keyword must match some field, in any case', async () => {
    expect(names(await shop.stax.get('/customer?keywords[]=FJORDLINE&keywords[]=cargo'))).toEqual(['Cy'])
    expect(names(await shop.stax.get('/customer?keywords[]=fjordline&keywords[]=nowhere'))).toEqual([])
    expect(names(await shop.stax.get('/customer?keywords=bergen'))).toEqual(['Cy', 'Bo', 'Åsa'])
    expect(names(await shop.stax.get('/customer?keywords=PREFERS%20bo'))).toEqual(['Bo'])
  })

  test('filters combine and ignore case, also beyond ASCII', async () => {
    expect(names(await shop.stax.get('/customer?company=CARGO&address_city=berg&reference=ord'))).toEqual(['Cy'])
    expect(names(await shop.stax.get(`/customer?firstname=${encodeURIComponent('åSA'.toLowerCase())}`))).toEqual([
      'Åsa',
    ])
    expect(names(await shop.stax.get(`/customer?firstname=${encodeURIComponent('ÅSA')}`))).toEqual(['Åsa'])
    expect(names(await shop.stax.get('/customer?company=cargo&address_city=oslo'))).toEqual([])
    expect(names(await shop.stax.get('/customer?company=%25'))).toEqual([])
  })

  test('sort and order', async () => {
    const sorted = '/customer?company=fjordline&keywords=fjord&sort=firstname'
    expect(names(await shop.stax.get(`${sorted}&order=ASC`)).slice(0, 2)).toEqual(['Bo', 'Cy'])
    expect(names(await shop.stax.get(`${sorted}&order=DESC`)).slice(-2)).toEqual(['Cy', 'Bo'])
    expect(names(await shop.stax.get('/customer?company=fjordline&sort=created_at&order=asc'))).toEqual([
      'Åsa',
      'Bo',
      'Cy',
    ])
  })

  test.each(['sort=version', 'sort=__proto__', 'order=up', 'page=0', 'page=x', 'per_page=201'])(
    '%s is told',
    async (query) => {
      expect((await shop.stax.get(`/customer?${query}`)).status).toBe(400)
      expect((await shop.compat.get(`/customer?${query}`)).status).toBe(422)
    },
  )

  test('a page behind the last is empty', async () => {
    expect((await shop.stax.get('/customer?page=9999')).body).toMatchObject({ data: [], from: null, to: null })
  })
})
