// The simulator's published test cards: their numbers, what happens to a payment with them, and the fixed tokens that
// stand for them. A stored card is known by its first six and last four digits, which no two of them share.
import type { InstrumentData } from './gateway.ts'

/** What a payment with a card comes to: fine, a challenge of the person, or the code of a decline. */
export type Fate = 'success' | 'challenge' | number

type TestCard = { number: string; brand: string; fate: Fate; token?: string }

const card = (number: string, brand: string, fate: Fate, token?: string): TestCard => ({ number, brand, fate, token })

const TEST_CARDS: readonly TestCard[] = [
  card('4111111111111111', 'visa', 'success', 'visa'),
  card('5555555555554444', 'mastercard', 'success', 'mastercard'),
  card('38000000000006', 'diners', 'success', 'diners'),
  card('378282246310005', 'amex', 'success', 'amex'),
  card('6011111111111117', 'discover', 'success', 'discover'),
  card('4242424242424242', 'visa', 2003, 'visa-declined'),
  card('5105105105105100', 'mastercard', 2003, 'mastercard-declined'),
  card('4000001000000000', 'visa', 'success', '3ds-frictionless'),
  card('4000002000000008', 'visa', 'success'),
  card('4000001000000216', 'visa', 'success', '3ds-attempted'),
  card('4000002000000016', 'visa', 'success'),
  card('4000001000000109', 'visa', 'challenge', '3ds-challenge'),
  card('5000001000000007', 'mastercard', 'challenge'),
  card('4000002000000024', 'visa', 'challenge'),
  card('4000001000000307', 'visa', 2021, '3ds-unauthenticated'),
  card('4000002000000032', 'visa', 2021),
  card('4000001000000208', 'visa', 2021, '3ds-rejected'),
  card('4000002000000040', 'visa', 2021),
  card('4000003000000006', 'visa', 'success', '3ds-not-enrolled'),
  card('4000003000000014', 'visa', 3001, '3ds-timeout'),
  card('4000003000000022', 'visa', 3005, '3ds-network'),
  card('4000003000000030', 'visa', 2008, '3ds-invalid-card'),
]

const ends = (number: string) => ({ firstSix: number.slice(0, 6), lastFour: number.slice(-4) })
const byEnds = new Map(
  TEST_CARDS.map(({ number, fate }) => [ends(number).firstSix + ends(number).lastFour, fate] as const),
)
const byToken: ReadonlyMap<string, TestCard> = new Map(
  TEST_CARDS.flatMap((one) => (one.token ? [[`ix::sim-${one.token}`, one] as const] : [])),
)
const byNumber = new Map(TEST_CARDS.map((one) => [one.number, one] as const))

export const publishedNumbers = (): string[] => [...byNumber.keys()]

/** The fate of a card by what is kept of it; any other card has the default result, success. */
export const fateOf = (firstSix: string, lastFour: string): Fate => byEnds.get(firstSix + lastFour) ?? 'success'

type CardData = Extract<InstrumentData, { type: 'card' }>
type Rest = { holderName: string | null; expMonth: number; expYear: number }

function described({ number, brand }: TestCard, rest: Rest): CardData {
  const { firstSix, lastFour } = ends(number)
  return { type: 'card', brand, firstSix, lastFour, ...rest, reference: `sim-${firstSix}-${lastFour}` }
}

/** What is kept of a published test number; undefined for every other number. */
export function describeTestNumber(number: string, rest: Rest): CardData | undefined {
  const found = byNumber.get(number)
  return found && described(found, rest)
}

/** The card behind a fixed `ix::sim-…` token: holder `Test Holder`, expiry December three years ahead. */
export function describeFixedToken(token: string, now: Date): InstrumentData | undefined {
  const found = byToken.get(token)
  return found && described(found, { holderName: 'Test Holder', expMonth: 12, expYear: now.getUTCFullYear() + 3 })
}
