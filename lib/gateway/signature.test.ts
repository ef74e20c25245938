import { describe, expect, test } from 'vitest'
import { type BodyHash, type Signed, signatureOf, verifiedBy } from './signature.ts'

const shared = {
  secret: 'sharedSecret',
  contentType: 'application/json; charset=utf-8',
  date: 'Wed, 01 Jan 2025 00:00:00 UTC',
}
const getProfile = {
  ...shared,
  method: 'POST',
  requestUri: '/api/v3/customerProfiles/my-api-key/getProfile',
  body: '{"customerIdentification":"c1"}',
}
const callback = { ...shared, method: 'POST', requestUri: '/cb?o=1', body: '{"result":"OK"}' }
const status = {
  ...shared,
  method: 'GET',
  requestUri: '/api/v3/status/my-api-key/getByUuid/d94c0d72f3a36e21f16e',
  body: '',
}

const VECTORS: [string, Omit<Signed, 'bodyHash'>, BodyHash, string][] = [
  [
    'a request',
    getProfile,
    'sha512',
    'Qjrm9x0x463PmhIXT9zSooRIz7Ap+2DUDjus72vIu16O9IOCRTGvKGkplM0rLFBkCT7Kb61v903Rr00JgezTdg==',
  ],
  [
    'a request with the older hash',
    getProfile,
    'md5',
    'vQPjl1P43+jKECEfkPJvlqEMTxHK3l2lIWfqSgVBBQGewLTcPeyK7ksKGg56Ikai+ESm5N6vtV0NHpUIXPd5ew==',
  ],
  [
    'a request without a body',
    status,
    'sha512',
    'uo7vLqrKkNcQRhU2gowxS172E+x5EN00G2h+I6wj9uULA7N+bXXu+6+rtViwo4ygh4qX9blGBAIOl+Lpgt+5rw==',
  ],
  [
    'a callback',
    callback,
    'sha512',
    '9jrtfTv6lEvYOqBcXF6h438OOirp+pMOQljrSPgcRI9B3Yf3eHFNkJ0082uoHx9AKzmvvCWGVSkgmpvnOO254g==',
  ],
  [
    'a callback with the older hash',
    callback,
    'md5',
    '7HiIM+oajWrSWMbXK06IqnslGh6Mmr869nq9rTBuYkZMx5FiyRyBwTzvHCI8aRNnlGz0QWwc4q38h5Ndt0kG7w==',
  ],
]

describe.each(VECTORS)('%s', (_name, request, bodyHash, signature) => {
  test(`has the published signature (${bodyHash})`, () => {
    expect(signatureOf({ ...request, bodyHash })).toBe(signature)
    expect(verifiedBy(signature, request)).toBe(bodyHash)
  })

  test.each(['body', 'date', 'contentType', 'requestUri', 'secret', 'method'] as const)(
    'is wrong after one changed byte of %s',
    (part) => expect(verifiedBy(signature, { ...request, [part]: `${request[part]} ` })).toBeUndefined(),
  )

  test('is wrong when it is cut, empty or no base64', () => {
    for (const bad of ['', '!', signature.slice(4)]) expect(verifiedBy(bad, request)).toBeUndefined()
  })
})
