import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { isCountry } from '#lib/core/countries'
import { NewCustomer } from '#lib/customers/schema'
import { acceptedPhone, countryCode, customerOf, readRows } from './import-chinook.ts'

const rows = readRows(path.join(import.meta.dirname, '../e2e/fixtures/chinook-customers.csv'))

describe('the Chinook customers', () => {
  test('all 59 become customers that the core accepts, with every country known', () => {
    expect(rows).toHaveLength(59)
    for (const row of rows) {
      const customer = customerOf(row)
      expect(NewCustomer.safeParse(customer)).toMatchObject({ success: true })
      expect(isCountry(customer.billingAddress?.country ?? '')).toBe(true)
      expect(customer.name?.length).toBeLessThanOrEqual(100)
      expect(customer.phone?.length ?? 0).toBeLessThanOrEqual(20)
    }
  })

  test('keep names, addresses and blanks as they are', () => {
    const [first, leonie] = rows.map(customerOf)
    expect(first).toEqual({
      name: 'Luís Gonçalves',
      firstName: 'Luís',
      lastName: 'Gonçalves',
      company: 'Embraer - Empresa Brasileira de Aeronáutica S.A.',
      email: 'luisg@embraer.com.br',
      phone: '+55 (12) 3923-5555',
      memberId: 'chinook-1',
      billingAddress: {
        street: 'Av. Brigadeiro Faria Lima, 2170',
        city: 'São José dos Campos',
        state: 'SP',
        zipCode: '12227-000',
        country: 'BR',
      },
      customFields: { fax: '+55 (12) 3923-5566', supportRep: '3' },
    })
    expect(leonie).not.toHaveProperty('company')
    expect(leonie?.billingAddress).not.toHaveProperty('state')
  })
})

test('phones come out in the accepted form', () => {
  expect(acceptedPhone('+54 (0)11 4311 4333')).toBe('+54 (0)11 4311 4333')
  expect(acceptedPhone('Tel:  +46 08-651  52 52')).toBe('+46 08-651 52 52')
  expect(acceptedPhone('+49 (0) 711 - 284 22 22 / 10')).toBe('+490711284222210')
  expect(acceptedPhone('')).toBe('')
})

test('an unknown country name is an error, none is none', () => {
  expect(countryCode('Czech Republic')).toBe('CZ')
  expect(countryCode('')).toBeUndefined()
  expect(() => countryCode('Nowhereland')).toThrow('unknown country name')
})
