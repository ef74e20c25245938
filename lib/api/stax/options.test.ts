// The numbered sentences of the contract about `options` and custom fields.
import { beforeAll, describe, expect, test } from 'vitest'
import { openShop } from './testing.ts'

let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('Harbor')
})
const made = async (body: object) => (await shop.stax.post('/customer', body)).body

describe('5 and 6: options', () => {
  const field = (value: unknown, type = 'number') => ({
    firstname: 'Opt',
    options: { custom_fields: [{ name: 'visits', type, value }] },
  })

  test('a number is kept as a text', async () => {
    expect((await made(field(12))).options.custom_fields).toEqual([{ name: 'visits', type: 'number', value: '12' }])
  })

  test.each([
    ['abc', 'number'],
    ['maybe', 'boolean'],
    ['2026-02-30', 'date'],
    ['nobody', 'email'],
    ['javascript:alert(1)', 'url'],
    ['red', 'select'],
    ['x', 'colour'],
    [{}, 'text'],
  ])('%j is no %s', async (value, type) => {
    const answer = await shop.stax.post('/customer', field(value, type))
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.body)[0]).toMatch(/^options\.custom_fields\.0\.(value|type)$/)
  })

  test.each(['custom_fields', 'customer_custom_fields'])(
    '%s comes back under its name, unknown keys too',
    async (list) => {
      const entries = [
        { id: 'f1', name: 'seat', placeholder: 'A1', required: false, visible: true, type: 'text', value: 'B2' },
      ]
      const options = { theme: { dark: true }, [list]: entries }
      const { id } = await made({ firstname: 'Opt', options })
      expect((await shop.stax.get(`/customer/${id}`)).body.options).toEqual(options)
    },
  )

  test('a map is taken for the list that it stands for', async () => {
    const custom_fields = { vip: true, age: { type: 'number', value: '7' } }
    expect((await made({ company: 'Map', options: { custom_fields } })).options.custom_fields).toEqual([
      { name: 'vip', type: 'text', value: 'true' },
      { name: 'age', type: 'number', value: '7' },
    ])
  })

  test('both lists must agree', async () => {
    const [a, b] = [[{ name: 'a', value: '1' }], [{ name: 'a', value: '2' }]]
    const both = (second: unknown) => ({
      firstname: 'Opt',
      options: { custom_fields: a, customer_custom_fields: second },
    })
    expect((await shop.stax.post('/customer', both(b))).status).toBe(400)
    expect(Object.keys((await made(both(a))).options)).toEqual(['custom_fields', 'customer_custom_fields'])
  })

  test.each(['', null, {}])('%j are none', async (none) => {
    const { id } = await made(field(1))
    expect((await shop.stax.put(`/customer/${id}`, { options: none })).body.options).toBeNull()
    expect((await shop.clientele.get(`/customers/${id}`)).body.customFields).toEqual({})
  })

  test('a PUT replaces the object whole', async () => {
    const { id } = await made({ ...field(1), options: { theme: 'dark', custom_fields: [{ name: 'a', value: '1' }] } })
    const options = { custom_fields: [{ name: 'b', type: 'text', value: '2' }] }
    expect((await shop.stax.put(`/customer/${id}`, { options })).body.options).toEqual(options)
    expect((await shop.clientele.get(`/customers/${id}`)).body.customFields).toEqual({ b: '2' })
  })
})

test('7: a custom field of one customer appears on no other', async () => {
  await made({ firstname: 'One', options: { custom_fields: [{ name: 'only-mine', value: 'x' }] } })
  const { id } = await made({ firstname: 'Two' })
  expect((await shop.stax.get(`/customer/${id}`)).body.options).toBeNull()
})
