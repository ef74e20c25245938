// The bridge between rows and the wire, for any row: what is rendered fits the schema, and sent back it changes nothing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes } from '../../core/money.ts'
import { applyFields, type CustomerRow } from '../../customers/rules.ts'
import { CustomerFields } from '../../customers/schema.ts'
import { asMembers, patchToBody, withoutEcho } from './echo.ts'
import { fromClient, toClient } from './map.ts'
import { clientText, sparseText, withMembers } from './render.ts'
import { Client, ClientCreate, ClientUpdate } from './wire.ts'

const NOW = new Date('2026-11-20T09:12:44.120Z')
const HARBOR = { name: 'Harbor Books', currency: 'GBP' }
const text = (max: number) =>
  fc
    .string({ minLength: 1, maxLength: max, unit: 'grapheme' })
    .map((value) => value.trim())
    .filter((value) => CustomerFields.shape.reference.safeParse(value).success && value !== '')
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const address = fc.record({
  street: maybe(text(40)),
  city: maybe(text(20)),
  zipCode: maybe(text(10)),
  country: fc.constantFrom('SE', 'US', 'JP', undefined),
})
const channels = fc.oneof(fc.boolean(), fc.record({ email: maybe(fc.boolean()), sms: maybe(fc.boolean()) }))
const word = fc.stringMatching(/^[a-z]{1,12}$/)

const fields = fc.record({
  name: text(90),
  email: word.map((name) => `${name}@example.com`),
  firstName: maybe(text(40)),
  lastName: maybe(text(40)),
  company: maybe(text(60)),
  phone: maybe(fc.constantFrom('+4687001122', '040 123 456')),
  memberId: maybe(text(20)),
  description: maybe(text(100)),
  reference: maybe(text(40)),
  taxId: maybe(text(20)),
  gender: maybe(fc.constantFrom('F' as const, 'M' as const, 'X' as const)),
  status: maybe(fc.constantFrom('active' as const, 'inactive' as const, 'suspended' as const)),
  billingAddress: maybe(fc.oneof(text(60), address)),
  shippingAddress: maybe(address),
  preferences: maybe(
    fc.record({
      currency: fc.constantFrom('SEK', 'USD', undefined),
      notifications: maybe(channels),
      paymentMethod: maybe(word),
    }),
  ),
  customFields: maybe(fc.dictionary(word, text(30), { maxKeys: 4 })),
  subscription: maybe(fc.dictionary(word, text(30), { maxKeys: 4 })),
  tags: maybe(fc.uniqueArray(word, { maxLength: 5 })),
  ccEmails: maybe(
    fc.array(
      word.map((name) => `${name}@example.org`),
      { maxLength: 3 },
    ),
  ),
})

const rowOf = (given: CustomerFields): CustomerRow => ({
  id: 7,
  customerId: '5b0e6a52-0f0e-4a53-9e5c-0f5f2f1f7a10',
  merchantId: 2,
  userId: null,
  version: 3,
  createdAt: NOW,
  updatedAt: NOW,
  ...applyFields(null, CustomerFields.parse(given), NOW),
})
const columnsAfter = (row: CustomerRow, body: unknown) => applyFields(row, fromClient(ClientUpdate.parse(body)), NOW)

describe('for any customer', () => {
  test('the rendered object is what the wire declares, and its text parses to it', () => {
    fc.assert(
      fc.property(fields, (given) => {
        const row = rowOf(given)
        const rendered = toClient(row, HARBOR)
        expect(Client.parse(rendered)).toEqual(rendered)
        expect(JSON.parse(clientText(row, HARBOR))).toEqual(JSON.parse(JSON.stringify(rendered)))
        expect(clientText(row, HARBOR)).toBe(clientText(row, HARBOR))
      }),
    )
  })

  test('the whole object sent back changes no column, with and without the echo rule', () => {
    fc.assert(
      fc.property(fields, (given) => {
        const row = rowOf(given)
        const sent = JSON.parse(JSON.stringify(toClient(row, HARBOR)))
        expect(withoutEcho(asMembers(sent), toClient(row, HARBOR), toClient(row, HARBOR))).toEqual({})
        expect({ ...row, ...columnsAfter(row, sent) }).toEqual(row)
      }),
    )
  })

  test('a create of what an answer shows makes the same customer', () => {
    fc.assert(
      fc.property(fields, (given) => {
        const row = rowOf(given)
        const again = rowOf(fromClient(ClientCreate.parse(JSON.parse(clientText(row, null)))))
        expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(JSON.stringify(row)))
      }),
    )
  })

  test('replacing one member by a patch is the same as sending it', () => {
    fc.assert(
      fc.property(
        fields,
        fields,
        fc.constantFrom('company', 'reference', 'tags', 'customFields', 'preferences'),
        (a, b, member) => {
          const [before, wanted] = [toClient(rowOf(a), null), toClient(rowOf(b), null)]
          const body = patchToBody([{ op: 'replace', path: `/${member}`, value: wanted[member as 'company'] }], before)
          const after = toClient({ ...rowOf(a), ...columnsAfter(rowOf(a), body) }, null)
          expect(after[member as 'company']).toEqual(wanted[member as 'company'])
        },
      ),
    )
  })

  test('any patch document is refused or gives a body, and never throws otherwise', () => {
    const operation = fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
      path: fc.constantFrom('/name', '/tags/0', '/tags/-', '/preferences', '/version', '', '/a/b', 'x'),
      from: fc.constantFrom('/name', '/tags', '/x'),
      value: fc.jsonValue(),
    })
    fc.assert(
      fc.property(fields, fc.array(fc.oneof(operation, fc.jsonValue()), { maxLength: 4 }), (given, operations) => {
        try {
          patchToBody(operations, toClient(rowOf(given), null))
        } catch (err) {
          expect(['PATCH_INVALID', 'PATCH_TEST_FAILED']).toContain((err as { code?: string }).code)
        }
      }),
    )
  })
})

describe('rendering', () => {
  const row = rowOf({ name: 'Ada', email: 'ada@example.com' })
  test('remembers a text until the owner is renamed', () => {
    expect(JSON.parse(clientText(row, { name: 'Old', currency: 'EUR' }))).toMatchObject({ ownerName: 'Old' })
    expect(JSON.parse(clientText(row, { name: 'New', currency: 'EUR' }))).toMatchObject({ ownerName: 'New' })
  })

  test('sparse texts follow their fields', () => {
    expect(sparseText(row, HARBOR, new Set(['name', 'id']))).toBe('{"id":7,"name":"Ada"}')
    expect(sparseText(row, HARBOR, new Set(['email']))).toBe('{"email":"ada@example.com"}')
    expect(withMembers('{}', { owner: '{"id":1}' })).toBe('{"owner":{"id":1}}')
  })

  test('an erased customer is a stub that says so', () => {
    expect(toClient({ ...row, lifecycle: 'erased' }, null).status).toBe('erased')
  })
})

test('every currency of the core is one on the wire', () => {
  for (const currency of currencyCodes) expect(ClientUpdate.parse({ currency }).currency).toBe(currency)
})
