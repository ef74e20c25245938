// The hosted card form: a connector's public key turns published test numbers into tokens, and is good for nothing else.
import { beforeAll, expect, test } from 'vitest'
import { db } from '#db/client'
import { auditEvents, gatewayTokens } from '#db/schema'
import { at, makeConnector } from '#db/testing/make'
import { appError } from '../core/errors.ts'
import { findHostedForm, tokenizeHosted } from './hosted-card.ts'
import { type Stage, setStage } from './testing.ts'

const WHO = { requestId: 'req_test', ip: null }
const PUBLISHED = '4111111111111111'
const OTHER = '4929420573595709'
const card = (cardNumber: string) => ({ cardNumber, cardHolder: 'Mara', expiryMonth: 12, expiryYear: 2030 })
let stage: Stage
let apiKey: string
beforeAll(async () => {
  stage = await setStage()
  apiKey = (await makeConnector(stage.ctx, { name: 'hosted' })).connector.apiKey
})

test('a token pays once, at the merchant of the key alone', async () => {
  const made = await tokenizeHosted(apiKey, card('4111 1111 1111 1111'), WHO)
  expect(made).toMatchObject({ brand: 'visa', firstSix: '411111', lastFour: '1111' })
  const { connector } = await makeConnector(at(stage.stranger), { name: 'theirs' })
  const stolen = stage.pay(
    { type: 'debit', token: made.token, amountMinor: 1, currency: 'EUR' },
    { connectorId: connector.id },
    at(stage.stranger),
  )
  await expect(stolen).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
  expect((await stage.debit(made.token)).state).toBe('success')
  await expect(stage.debit(made.token)).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
})

test('any other number is refused without being repeated, and no number is written', async () => {
  for (const given of [card(OTHER), { ...card(PUBLISHED), cardHolder: OTHER }, { ...card(OTHER), expiryMonth: 13 }]) {
    const refused = await tokenizeHosted(apiKey, given, WHO).then(
      () => undefined,
      (err: unknown) => appError(err),
    )
    expect(['VALIDATION_ERROR', 'CARD_NUMBER_REFUSED']).toContain(refused?.code)
    expect(JSON.stringify(refused?.details)).not.toContain(OTHER)
  }
  const written = JSON.stringify([
    await db().read.select().from(auditEvents),
    await db().read.select().from(gatewayTokens),
  ])
  expect([PUBLISHED, OTHER].filter((number) => written.includes(number))).toEqual([])
})

test('without an enabled simulator there is no form', async () => {
  expect(await findHostedForm('nobody')).toBeUndefined()
  const off = (await makeConnector(stage.ctx, { name: 'off', enabled: false })).connector.apiKey
  expect(await findHostedForm(off)).toBeUndefined()
  await expect(tokenizeHosted(off, card(PUBLISHED), WHO)).rejects.toMatchObject({ code: 'CONNECTOR_NOT_FOUND' })
})
