// The demo's people: complete and sparse, persons and companies, as different as real ones.
import type { Faker } from '@faker-js/faker'
import type { z } from 'zod'
import { fold } from '#lib/core/text'
import type { ConsentInput, NewCustomer } from '#lib/customers/schema'
import type { Culture } from './cultures.ts'

export type Person = NewCustomer & { firstName: string; lastName: string; name: string; email: string }

const TAGS = [
  'vip',
  'wholesale',
  'newsletter',
  'loyalty',
  'returns often',
  'gift card',
  'student',
  'press',
  'beta tester',
]
const PURPOSES = ['marketing email', 'personal offers', 'product research']

const chance = (faker: Faker, probability: number): boolean => faker.datatype.boolean({ probability })

const namesOf = ({ faker, order }: Culture) => {
  const firstName = faker.person.firstName()
  const lastName = faker.person.lastName()
  const name = {
    'first last': `${firstName} ${lastName}`,
    'last first': `${lastName} ${firstName}`,
    lastfirst: lastName + firstName,
  }
  return { firstName, lastName, name: name[order] }
}

/** An address that belongs to nobody; a name in another script gives way to a number. */
function emailOf(faker: Faker, { firstName, lastName }: { firstName: string; lastName: string }, n: number): string {
  const local = fold(`${firstName}.${lastName}`)
    .replace(/[^a-z.]/g, '')
    .replace(/^\.+|\.+$/g, '')
  const domain = faker.helpers.arrayElement(['example.com', 'example.net', 'example.org', 'mail.example'])
  return `${local.length >= 3 ? local : 'customer'}${n}@${domain}`
}

function addressOf({ faker, country }: Culture): NonNullable<NewCustomer['billingAddress']> {
  return {
    street: faker.location.streetAddress().replace(/\s+/g, ' '),
    city: faker.location.city(),
    zipCode: faker.location.zipCode(),
    country,
  }
}

function consentsOf(faker: Faker): z.infer<typeof ConsentInput>[] {
  const purposes = faker.helpers.arrayElements(PURPOSES, { min: 1, max: 3 })
  const wording = 'You may contact me as described. I can withdraw this at any time.'
  return purposes.map((purpose) => ({
    purpose,
    granted: chance(faker, 0.8),
    lawfulBasis: 'consent',
    wording,
    source: 'checkout',
  }))
}

const preferencesOf = ({ faker, currency, language, timeZone }: Culture): NewCustomer['preferences'] => ({
  currency,
  language,
  timeZone,
  notifications: { email: chance(faker, 0.8), sms: chance(faker, 0.3), push: chance(faker, 0.2) },
  ...(chance(faker, 0.5)
    ? { communication: { email: true, phone: chance(faker, 0.3), post: chance(faker, 0.2) } }
    : {}),
})

/** Optional facts, each known of some customers only. */
function more(culture: Culture, n: number, today: Date): Partial<NewCustomer> {
  const { faker } = culture
  const some = <T>(probability: number, value: () => T): T | undefined =>
    chance(faker, probability) ? value() : undefined
  return {
    phone: some(0.78, () => faker.helpers.replaceSymbols(culture.phone)),
    memberId: some(0.6, () => `M-${100_000 + n}`),
    billingAddress: some(0.82, () => addressOf(culture)),
    shippingAddress: some(0.18, () => addressOf(culture)),
    preferences: some(0.75, () => preferencesOf(culture)),
    dateOfBirth: some(0.55, () =>
      faker.date.birthdate({ mode: 'age', min: 18, max: 88, refDate: today }).toISOString().slice(0, 10),
    ),
    gender: some(0.35, () => faker.helpers.arrayElement(['F', 'M', 'F', 'M', 'X'] as const)),
    taxId: some(0.06, () => `${culture.country}${faker.string.numeric(9)}`),
    tags: some(0.4, () => faker.helpers.arrayElements(TAGS, { min: 1, max: 3 })),
    consents: some(0.6, () => consentsOf(faker)),
    customFields: some(0.3, () => ({ tier: faker.helpers.arrayElement(['bronze', 'silver', 'gold']) })),
    description: some(0.05, () => 'Met at the autumn fair; prefers to be called in the afternoon.'),
    verificationStatus: some(0.7, () => faker.helpers.weightedArrayElement(VERIFICATIONS)),
    status: some(0.1, () => faker.helpers.arrayElement(['inactive', 'suspended'] as const)),
  }
}
const VERIFICATIONS = [
  { value: 'verified' as const, weight: 6 },
  { value: 'unverified' as const, weight: 3 },
  { value: 'pending' as const, weight: 2 },
  { value: 'rejected' as const, weight: 1 },
]

/** The `n`th person. The same culture asked in the same order gives the same people. */
export function personOf(culture: Culture, n: number, today: Date): Person {
  const names = namesOf(culture)
  const email = emailOf(culture.faker, names, n)
  const known = Object.entries(more(culture, n, today)).filter(([, value]) => value !== undefined)
  const company = chance(culture.faker, 0.12) ? { company: culture.faker.company.name() } : {}
  return { ...names, email, ...company, ...Object.fromEntries(known) }
}

/** The same person once more, as they come in by another door: other spelling, same e-mail, or same phone. */
export function doubleOf(faker: Faker, { phone, ...person }: Person): Person {
  const { firstName, lastName, billingAddress } = person
  const name = faker.helpers.arrayElement([
    `${firstName.charAt(0)}. ${lastName}`,
    person.name.toUpperCase(),
    person.name,
  ])
  const email = phone && chance(faker, 0.4) ? person.email.replace('@', '.new@') : person.email.toUpperCase()
  return {
    firstName,
    lastName,
    name,
    email,
    ...(phone ? { phone } : {}),
    ...(billingAddress ? { billingAddress } : {}),
  }
}
