// Promise E6 for card numbers: whatever door one is sent to, published or not, no answer repeats it, and it is in no file
// and no line of the log. The database has no key here, so that nothing hides in encryption.
import { expect, test } from 'vitest'
import { freePort } from '../../db/testing/cluster.ts'
import { prepare, startApi, testFolder } from './api-process.ts'
import { contents, hits } from './bytes.ts'

const PUBLISHED = { visa: '4111111111111111', mastercard: '5555555555554444' }
const UNPUBLISHED = { real: '4929420573595709', other: '6011000990139424' }

type Sent = { method?: string; path: string; body?: unknown; raw?: string; headers?: Record<string, string> }

const json = (body: unknown) => JSON.stringify(body)

/** Every door of the Clientele API that takes text, by the number that goes through it. */
const clientele = (pan: string, customer: number): Sent[] => [
  ...['cardNumber', 'cardHolder'].map((name) => ({
    path: '/simulator/tokens',
    body: { cardNumber: '4111111111111112', expiryMonth: 12, expiryYear: 2030, cardHolder: 'Mara', [name]: pan },
  })),
  { path: '/simulator/tokens', body: { cardNumber: `${pan}0`, expiryMonth: 12, expiryYear: 2030 } },
  { path: '/simulator/tokens', body: { cardNumber: Number(pan), expiryMonth: 12, expiryYear: 2030, cvv: '123' } },
  { path: '/simulator/tokens', raw: `{"cardNumber":"${pan}",` },
  { path: '/simulator/tokens', body: { [pan]: pan } },
  { path: '/customers', body: { name: pan, email: `${pan}@example.com` } },
  { path: '/customers', body: { name: 'Mara', email: 'mara@example.com', metadata: { card: pan } } },
  { path: '/customers', body: { name: 'Mara', email: 'mara@example.com', [pan]: 'x' } },
  { path: '/customers', raw: `{"name":"${pan}"` },
  { path: '/customers', body: { name: 'Mara', email: 'm@example.com' }, headers: { 'idempotency-key': pan } },
  { method: 'PATCH', path: `/customers/${customer}`, body: { description: `It is ${pan}` } },
  { path: `/customers/${customer}/notes`, body: { text: `Card ${pan} was declined` } },
  { path: `/customers/${customer}/tags`, body: { tag: pan } },
  { method: 'GET', path: `/customers?q=${pan}` },
  { method: 'GET', path: `/customers?${pan}=1` },
  { method: 'GET', path: `/customers/${pan}` },
  { method: 'GET', path: `/transactions/${pan}` },
  { method: 'GET', path: `/${pan}` },
  ...['user-agent', 'x-request-id', 'referer', 'cookie', 'if-match'].map((name) => ({
    ...{ method: 'GET', path: '/customers', headers: { [name]: pan } },
  })),
]

/** The same for the payment API, below `/api/v3`. */
function payment(pan: string, apiKey: string, next: () => string): Sent[] {
  const body = () => ({ merchantTransactionId: next(), amount: '9.99', currency: 'EUR' })
  const card = { number: pan, cvv: '123', expirationMonth: '12', expirationYear: '2030', cardHolder: 'Mara' }
  const named = { customerProfileData: { customerIdentification: next() } }
  const debits = [
    { ...body(), cardData: card },
    { ...body(), customer: { paymentData: { cardData: card } } },
    { ...body(), customer: { firstName: pan } },
    { ...body(), customer: { paymentData: { ibanData: { iban: pan } } } },
    { ...body(), customer: { paymentData: { walletData: { walletReferenceId: pan, walletType: 'x' } } } },
    { ...body(), transactionToken: pan },
    { ...body(), transactionToken: `ix::${pan}` },
    { ...body(), referenceUuid: pan },
    { ...body(), merchantTransactionId: pan },
    { ...body(), description: pan },
    { ...body(), extraData: { card: pan, [pan]: 'x' } },
    { ...body(), successUrl: `https://shop.example/?card=${pan}` },
    { ...body(), callbackUrl: `https://shop.example/${pan}` },
    { ...body(), ...named, transactionToken: 'ix::sim-visa', cardData: card, [pan]: pan },
  ]
  return [
    ...['debit', 'preauthorize', 'register'].flatMap((call) =>
      debits.map((each) => ({
        path: `/transaction/${apiKey}/${call}`,
        body: { ...each, merchantTransactionId: each.merchantTransactionId === pan ? pan : next() },
      })),
    ),
    { path: `/transaction/${apiKey}/debit`, raw: `{"cardData":{"number":"${pan}"` },
    { path: `/transaction/${pan}/debit`, body: body() },
    { method: 'GET', path: `/status/${apiKey}/getByUuid/${pan}` },
    { method: 'GET', path: `/status/${apiKey}/getByMerchantTransactionId/${pan}?card=${pan}` },
    {
      path: `/customerProfiles/${apiKey}/updateProfile`,
      body: { customerIdentification: pan, customerData: { lastName: pan, extraData: { card: pan } } },
    },
    { path: `/customerProfiles/${apiKey}/getProfile`, body: { customerIdentification: pan } },
  ]
}

test('a card number that is sent anywhere is answered, written and logged nowhere', async () => {
  const settings = { folder: testFolder(), databaseKey: 'none' }
  const key = prepare(settings)
  const api = await startApi(settings, await freePort())
  const repeated: string[] = []
  async function send(base: string, auth: Record<string, string>, pan: string, sent: Sent): Promise<unknown> {
    const { method = 'POST', path, body, raw = body === undefined ? undefined : json(body) } = sent
    const headers = { 'content-type': 'application/json', ...auth, ...sent.headers }
    const answer = await fetch(`http://127.0.0.1:${api.port}${base}${path}`, { method, headers, body: raw ?? null })
    const said = [await answer.text(), ...[...answer.headers].flat()]
    if (said.some((text) => text.includes(pan))) repeated.push(`${method} ${path} ${raw ?? json(sent.headers)}`)
    expect(answer.status, `${method} ${path}`).toBeLessThan(500)
    return said[0]?.startsWith('{') ? JSON.parse(said[0]) : undefined
  }
  const own = { 'x-api-key': key }
  const plain = (path: string, body: unknown) => send('/api', own, 'no number', { path, body })
  const { id } = (await plain('/customers', { name: 'Before', email: 'b@example.com' })) as { id: number }
  const made = (await plain('/connectors', { name: 'cards', adapter: 'simulator' })) as {
    apiKey: string
    username: string
    password: string
  }
  expect(made).toMatchObject({ apiKey: expect.any(String), username: expect.any(String), password: expect.any(String) })
  const basic = { authorization: `Basic ${Buffer.from(`${made.username}:${made.password}`).toString('base64')}` }
  let count = 0
  const next = () => `order-${++count}`
  for (const pan of Object.values({ ...PUBLISHED, ...UNPUBLISHED })) {
    for (const sent of clientele(pan, id)) await send('/api', own, pan, sent)
    for (const sent of payment(pan, made.apiKey, next)) await send('/api/v3', basic, pan, sent)
  }
  expect(repeated).toEqual([])
  api.signal('SIGTERM')
  await api.exited
  const everything = { ...contents(settings.folder), log: Buffer.from(api.said()) }
  expect(hits(everything, { ...PUBLISHED, ...UNPUBLISHED })).toEqual([])
  expect(hits(everything, { name: 'Before' }), 'the search itself finds what is there').not.toEqual([])
}, 120_000)
