// The demo's saved payment methods. Only what a gateway tells of a card: never a number.
import type { Faker } from '@faker-js/faker'
import type { NewInstrument } from '#lib/instruments/schema'
import type { CustomerData } from '#lib/profiles/schema'
import type { Person } from './people.ts'

const CARDS = [
  { weight: 50, value: { brand: 'visa', sixes: ['411111', '424242', '400000'] } },
  { weight: 34, value: { brand: 'mastercard', sixes: ['555555', '510510'] } },
  { weight: 10, value: { brand: 'amex', sixes: ['378282', '371449'] } },
  { weight: 4, value: { brand: 'discover', sixes: ['601111'] } },
  { weight: 2, value: { brand: 'diners', sixes: ['380000'] } },
]

/** An instrument without its place: which profile and connector it goes to is the plan's. */
export type Saved<T = NewInstrument> = T extends NewInstrument
  ? Omit<T, 'profileGuid' | 'connectorId' | 'preferred'>
  : never

const KINDS = [
  { weight: 82, value: 'card' as const },
  { weight: 11, value: 'iban' as const },
  { weight: 7, value: 'wallet' as const },
]

/** Most cards have years left; of those saved long ago some are over, and some end this month. */
function expiryOf(faker: Faker, savedAt: Date, today: Date): { expMonth: number; expYear: number } {
  const old = today.getTime() - savedAt.getTime() > 120 * 86_400_000
  const kind = faker.number.float()
  const ahead = faker.number.int({ min: 2, max: 48 })
  const months = old && kind < 0.12 ? -faker.number.int({ min: 1, max: 3 }) : kind < 0.18 ? 0 : ahead
  const end = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, 1))
  return { expMonth: end.getUTCMonth() + 1, expYear: end.getUTCFullYear() }
}

export function savedBy(faker: Faker, { name }: Person, savedAt: Date, today: Date): Saved {
  const gatewayReference = `sim-${faker.string.alphanumeric(16)}`
  const holder = { holderName: name, gatewayReference }
  const kind = faker.helpers.weightedArrayElement(KINDS)
  if (kind === 'wallet')
    return { ...holder, type: 'wallet', brand: faker.helpers.arrayElement(['paypal', 'applepay', 'googlepay']) }
  if (kind === 'iban') {
    const country = faker.helpers.arrayElement(['DE', 'NO', 'FR', 'ES', 'GB'])
    return { ...holder, type: 'iban', ibanMasked: `${country}•• … ${faker.string.numeric(4)}` }
  }
  const { brand, sixes } = faker.helpers.weightedArrayElement(CARDS)
  const digits = { firstSix: faker.helpers.arrayElement(sixes), lastFour: faker.string.numeric(4) }
  return { ...holder, type: 'card', brand, ...digits, ...expiryOf(faker, savedAt, today) }
}

const cut = (text: string, length: number) => [...text].slice(0, length).join('')

/** What a payment copies of its customer into the profile. */
export function profileData(person: Person): CustomerData {
  const { firstName, lastName, email, dateOfBirth, phone, billingAddress } = person
  const address = typeof billingAddress === 'object' && billingAddress ? billingAddress : {}
  const parts = {
    firstName: cut(firstName, 50),
    lastName: cut(lastName, 50),
    email,
    birthDate: dateOfBirth,
    billingPhone: phone,
    billingAddress1: address.street && cut(address.street, 50),
    billingCity: address.city && cut(address.city, 50),
    billingPostcode: address.zipCode && cut(address.zipCode, 16),
    billingCountry: address.country,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value))
}
