// Each published card, account and amount comes to what the payment API documents, and asking again says the same.
import { describe, expect, test } from 'vitest'
import { TransactionRequest } from '../transactions/schema.ts'
import type { InstrumentData, Order, Outcome } from './gateway.ts'
import { simulator } from './simulator.ts'
import { describeFixedToken, describeTestNumber } from './simulator-cards.ts'

const NOW = new Date('2026-11-20T10:00:00.000Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

const order = (given: Partial<Order> = {}): Order => ({
  uuid: '4be07d21aa90c3f1e655',
  type: 'debit',
  amountMinor: 999,
  currency: 'EUR',
  instrument: cardOf('4111111111111111'),
  continues: null,
  extraData: {},
  createdAt: NOW,
  request: TransactionRequest.parse({}),
  handed: {},
  gatewayReference: null,
  redirectUrl: null,
  account: null,
  ...given,
})

function cardOf(number: string, expYear = 2030): InstrumentData {
  const found = describeTestNumber(number, { holderName: 'Ada Lovelace', expMonth: 12, expYear })
  if (!found) throw new Error('No test number')
  return found
}
const iban = (lastFour: string): InstrumentData => ({
  type: 'iban',
  ibanMasked: `DE•• … ${lastFour}`,
  holderName: null,
  reference: lastFour,
})
const said = (outcome: Outcome) => (outcome.state === 'error' ? outcome.errorCode : outcome.state)
const sent = async (given: Partial<Order>, now = NOW) => said(await simulator.send(order(given), now))

const CARDS: [string, string | number][] = [
  ['4111111111111111', 'success'],
  ['5555555555554444', 'success'],
  ['38000000000006', 'success'],
  ['378282246310005', 'success'],
  ['6011111111111117', 'success'],
  ['4242424242424242', 2003],
  ['5105105105105100', 2003],
  ['4000001000000000', 'success'],
  ['4000002000000008', 'success'],
  ['4000001000000216', 'success'],
  ['4000002000000016', 'success'],
  ['4000001000000109', 'redirect'],
  ['5000001000000007', 'redirect'],
  ['4000002000000024', 'redirect'],
  ['4000001000000307', 2021],
  ['4000002000000032', 2021],
  ['4000001000000208', 2021],
  ['4000002000000040', 2021],
  ['4000003000000006', 'success'],
  ['4000003000000014', 3001],
  ['4000003000000022', 3005],
  ['4000003000000030', 2008],
]

test.each(CARDS)('card %s: %s', async (number, result) => {
  expect(await sent({ instrument: cardOf(number) })).toBe(result)
})

test('no other number is described, and what is described holds no number', () => {
  const rest = { holderName: null, expMonth: 1, expYear: 2030 }
  expect(describeTestNumber('4111111111111112', rest)).toBeUndefined()
  expect(JSON.stringify(describeTestNumber('4111111111111111', rest))).not.toContain('4111111111111111')
})

test('a fixed token is a card that is valid for three more years', () => {
  expect(describeFixedToken('ix::sim-visa', NOW)).toMatchObject({ brand: 'visa', lastFour: '1111', expYear: 2029 })
  expect(describeFixedToken('ix::sim-none', NOW)).toBeUndefined()
})

describe('by other facts', () => {
  test.each([
    ['1111', 'success'],
    ['2222', 'pending'],
    ['2003', 2003],
    ['2006', 2006],
    ['9999', 'success'],
  ])('an IBAN that ends in %s: %s', async (lastFour, result) => {
    expect(await sent({ instrument: iban(lastFour) })).toBe(result)
  })

  test('65.00 is a soft decline, in the decimals of its currency', async () => {
    expect(await sent({ amountMinor: 6500 })).toBe(2022)
    expect(await sent({ amountMinor: 6500, currency: 'JPY' })).toBe('success')
  })

  test('an expired card is refused from the month after its last', async () => {
    const instrument = cardOf('4111111111111111', 2026)
    expect(await sent({ instrument }, new Date('2026-12-31T23:59:59.999Z'))).toBe('success')
    expect(await sent({ instrument }, new Date('2027-01-01T00:00:00.000Z'))).toBe(2009)
  })

  test('`outcome` goes before everything, also for what continues a payment', async () => {
    expect(await sent({ extraData: { outcome: '2015' } })).toBe(2015)
    expect(await sent({ instrument: cardOf('4242424242424242'), extraData: { outcome: 'success' } })).toBe('success')
    expect(await sent({ type: 'capture', instrument: cardOf('4242424242424242') })).toBe('success')
    expect(await sent({ type: 'capture', extraData: { outcome: '2003' } })).toBe(2003)
    expect(await sent({ extraData: { outcome: 'nonsense' } })).toBe('success')
  })
})

describe('later', () => {
  test('a pending payment settles after five minutes, by `pendingOutcome`', async () => {
    const pending = order({ extraData: { outcome: 'pending' } })
    expect(await simulator.send(pending, NOW)).toMatchObject({ state: 'pending', askAt: later(5) })
    expect(said(await simulator.status(pending, later(4)))).toBe('pending')
    expect(said(await simulator.status(pending, later(5)))).toBe('success')
    const refused = order({ extraData: { outcome: 'pending', pendingOutcome: '2003' } })
    expect(said(await simulator.status(refused, later(5)))).toBe(2003)
  })

  test('a challenge that nobody answers expires', async () => {
    const challenge = order({ instrument: cardOf('4000001000000109') })
    expect(said(await simulator.status(challenge, later(59)))).toBe('redirect')
    expect(said(await simulator.status(challenge, later(60)))).toBe(2005)
  })

  test('an order whose answer was lost has the same outcome when it is asked about', async () => {
    for (const [number] of CARDS) {
      const one = order({ instrument: cardOf(number) })
      expect(await simulator.status(one, later(1))).toEqual(await simulator.send(one, later(1)))
    }
  })
})
