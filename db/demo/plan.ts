// What happens at the three shops over eighteen months, in order. The same number of customers and the same day give
// the same plan; ids, tokens and secrets are made by the commands that carry it out.
import { base, en, Faker } from '@faker-js/faker'
import type { Actor, Ctx } from '#lib/core/ctx'
import { archiveCustomer, createCustomer, updateCustomer } from '#lib/customers/commands'
import { createNote } from '#lib/customers/notes'
import { attachInstrument } from '#lib/instruments/commands'
import { createProfile, linkCustomer } from '#lib/profiles/commands'
import { type Culture, cultures } from './cultures.ts'
import { pay, paymentOf } from './payments.ts'
import { doubleOf, type Person, personOf } from './people.ts'
import { profileData, type Saved, savedBy } from './saved.ts'

/** A merchant that sells, with whoever works there. */
export type Shop = {
  merchantId: number
  containerId: number
  connectorId: number
  /** What it sells in. */
  currency: string
  /** The shop's own system, which works through an API key. */
  key: Actor
  support: Actor
  manager: Actor
}

export type Step = { at: Date; merchantId: number; actor: Actor; run: (ctx: Ctx) => Promise<unknown> }

/** One customer on the way: `id` and `profileGuid` follow once the steps before have run. */
type Draft = {
  n: number
  shop: Shop
  person: Person
  joinedAt: Date
  walletAt?: Date
  shared: boolean
  id: number
  profileGuid: string
  /** The token of the first instrument in its own wallet. */
  token?: string
}

const DAY_MS = 86_400_000
const MONTHS_18_MS = 548 * DAY_MS
const SEED = 4_711

const NOTES = [
  'Asked for an invoice by e-mail; sent the same day.',
  'Prefers delivery to the shop.',
  'Called about a late parcel. Apologised, carrier informed.',
  'Changed card after losing the old one.',
  'Wants no phone calls before ten in the morning.',
  'Complained about the packaging; offered a voucher.',
]

type Plan = {
  faker: Faker
  today: Date
  total: number
  people: Culture[]
  drafts: Draft[]
  steps: Step[]
  cards: Map<number, Saved[]>
  /** Payments have a die of their own, so that more of them change nothing else. */
  dice: Faker
}

/** Customers join in the order of their number, more and more of them over time. */
function joinedAt({ faker, today, total }: Plan, n: number): Date {
  const share = ((n + faker.number.float()) / total) ** 0.8
  return new Date(Math.floor(today.getTime() - MONTHS_18_MS + share * (MONTHS_18_MS - DAY_MS)))
}

const later = ({ faker, today }: Plan, from: Date): Date => faker.date.between({ from, to: today })
const soon = ({ faker, today }: Plan, from: Date): Date =>
  new Date(Math.min(today.getTime(), from.getTime() + faker.number.int({ min: 20_000, max: 40 * 60_000 })))
const chance = ({ faker }: Plan, probability: number): boolean => faker.datatype.boolean({ probability })

const step = (plan: Plan, at: Date, shop: Shop, actor: Actor, run: Step['run']): void =>
  void plan.steps.push({ at, merchantId: shop.merchantId, actor, run })

/** A card now and then turns up in a second profile, so that equal fingerprints can be found. */
function instrumentFor(plan: Plan, draft: Draft, at: Date): Saved {
  const known = plan.cards.get(draft.shop.containerId) ?? []
  const repeated = known.length > 20 && chance(plan, 0.015) ? plan.faker.helpers.arrayElement(known) : undefined
  const saved = repeated ?? savedBy(plan.faker, draft.person, at, plan.today)
  plan.cards.set(draft.shop.containerId, [...known.slice(-200), saved])
  return saved
}

function saveWallet(plan: Plan, draft: Draft): void {
  const { n, shop, person } = draft
  const first = soon(plan, draft.joinedAt)
  const attach = (saved: Saved, preferred: boolean) => (ctx: Ctx) =>
    attachInstrument(ctx, { ...saved, profileGuid: draft.profileGuid, connectorId: shop.connectorId, preferred })
  draft.walletAt = first
  step(plan, first, shop, shop.key, async (ctx) => {
    const about = {
      containerId: shop.containerId,
      customerIdentification: `demo-${n + 1}`,
      customerData: profileData(person),
    }
    draft.profileGuid = (await createProfile(ctx, { ...about, customerId: draft.id })).profileGuid
  })
  const saved = instrumentFor(plan, draft, first)
  const preferred = n === 0 || chance(plan, 0.9)
  step(plan, first, shop, shop.key, async (ctx) => {
    draft.token = (await attach(saved, preferred)(ctx)).paymentToken
  })
  for (let more = plan.faker.helpers.weightedArrayElement(MORE); more > 0; more--) {
    const at = later(plan, first)
    step(plan, at, shop, shop.key, attach(instrumentFor(plan, draft, at), false))
  }
}
const MORE = [
  { weight: 68, value: 0 },
  { weight: 24, value: 1 },
  { weight: 8, value: 2 },
]

/** Somebody who buys at two shops of the group: the profile is the same, each shop keeps its own customer. */
function shareWallet(plan: Plan, draft: Draft, from: Draft): void {
  from.shared = true
  const at = new Date(Math.max(soon(plan, draft.joinedAt).getTime(), (from.walletAt ?? draft.joinedAt).getTime()))
  step(plan, at, draft.shop, draft.shop.key, (ctx) =>
    linkCustomer(ctx, { profileGuid: from.profileGuid, customerId: draft.id }),
  )
}

/** Whoever has a wallet buys something now and then, until they are archived. */
function payments(plan: Plan, draft: Draft, until: Date): void {
  const { dice } = plan
  const { n, shop, walletAt: from } = draft
  if (!from || until <= from) return
  const count = n === 0 ? 6 : dice.helpers.weightedArrayElement(PAYMENTS)
  for (let nth = 1; nth <= count; nth++) {
    const payment = paymentOf(dice)
    const { connectorId, currency } = shop
    const place = { connectorId, currency, merchantTransactionId: `demo-${n + 1}-${nth}` }
    step(plan, dice.date.between({ from, to: until }), shop, shop.key, async (ctx) => {
      if (draft.token) await pay(ctx, payment, { ...place, token: draft.token })
    })
  }
}
const PAYMENTS = [
  { weight: 25, value: 0 },
  { weight: 40, value: 1 },
  { weight: 20, value: 3 },
  { weight: 15, value: 6 },
]

function liveOn(plan: Plan, draft: Draft): void {
  const { shop, person, joinedAt: from } = draft
  const { faker } = plan
  // By then a wallet is there, and a sister shop's link to it.
  const settled = new Date(Math.min(from.getTime() + DAY_MS, plan.today.getTime()))
  if (chance(plan, 0.14)) {
    const text = faker.helpers.arrayElement(NOTES)
    step(plan, later(plan, from), shop, shop.support, (ctx) => createNote(ctx, { customerId: draft.id, text }))
  }
  if (draft.n > 0 && chance(plan, 0.04)) {
    const archivedAt = later(plan, settled)
    step(plan, archivedAt, shop, shop.manager, (ctx) => archiveCustomer(ctx, { id: draft.id }))
    payments(plan, draft, archivedAt)
    return
  }
  payments(plan, draft, plan.today)
  if (chance(plan, 0.12)) {
    const change = faker.helpers.arrayElement([
      { status: 'inactive' },
      { verificationStatus: 'verified' },
      { tags: ['vip'] },
    ] as const)
    const { tags, ...plain } = { tags: undefined, ...change }
    const patch = tags ? { tags: [...(person.tags ?? []), ...tags] } : plain
    step(plan, later(plan, from), shop, shop.support, (ctx) => updateCustomer(ctx, { id: draft.id, ...patch }))
  }
  const given = person.consents?.find(({ granted }) => granted)
  if (given && chance(plan, 0.1)) {
    const consents = [{ ...given, granted: false, source: 'preference centre' }]
    step(plan, later(plan, from), shop, shop.key, (ctx) => updateCustomer(ctx, { id: draft.id, consents }))
  }
}

/** Who comes next at this shop: somebody new, somebody known under another spelling, or a customer of the sister shop. */
function nextPerson(plan: Plan, shop: Shop, n: number): { person: Person; from?: Draft; twin?: Draft } {
  const { faker, drafts, people, today } = plan
  const recent = drafts.slice(-400)
  const same = recent.filter((draft) => draft.shop === shop)
  if (same.length > 10 && chance(plan, 0.03)) {
    const twin = faker.helpers.arrayElement(same)
    return { person: doubleOf(faker, twin.person), twin }
  }
  const sister = recent.filter(
    (draft) => draft.shop !== shop && draft.shop.containerId === shop.containerId && draft.walletAt && !draft.shared,
  )
  if (sister.length > 0 && chance(plan, 0.12)) {
    const from = faker.helpers.arrayElement(sister)
    const { memberId, customFields, tags, ...person } = from.person
    return { person, from }
  }
  const culture = faker.helpers.weightedArrayElement(
    people.map((value, index) => ({ value, weight: index < 9 ? 4 : 1 })),
  )
  return { person: personOf(culture, n + 1, today) }
}

/** All steps for so many customers, in order of time. `today` is where the plan ends. */
export function planSteps(shops: readonly Shop[], total: number, today: Date): Step[] {
  const faker = new Faker({ locale: [en, base], seed: SEED })
  const plan: Plan = {
    faker,
    today,
    total,
    people: cultures(),
    drafts: [],
    steps: [],
    cards: new Map(),
    dice: new Faker({ locale: [en, base], seed: SEED + 1 }),
  }
  const weighted = shops.map((value, index) => ({ value, weight: [45, 30, 25][index] ?? 10 }))
  for (let n = 0; n < total; n++) {
    const shop = n === 0 ? shops[0] : faker.helpers.weightedArrayElement(weighted)
    if (!shop) break
    const { person, from, twin } = nextPerson(plan, shop, n)
    const draft: Draft = { n, shop, person, joinedAt: joinedAt(plan, n), shared: false, id: 0, profileGuid: '' }
    step(plan, draft.joinedAt, shop, shop.key, async (ctx) => {
      draft.id = (await createCustomer(ctx, { ...person, duplicates: 'allow' })).customer.id
    })
    if (from) shareWallet(plan, draft, from)
    else if (n === 0 || chance(plan, twin ? 0.3 : 0.74)) saveWallet(plan, draft)
    liveOn(plan, draft)
    plan.drafts.push(draft)
  }
  return plan.steps.sort((a, b) => a.at.getTime() - b.at.getTime())
}
