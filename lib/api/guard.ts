// No card number comes in by an address, a header or a body, whichever API is called.
import { findCardData, looksLikeCardNumber } from '../core/card-guard.ts'
import { fail } from '../core/errors.ts'
import type { ApiContext, RequestHeaders } from './http.ts'
import { badParameter } from './problem.ts'

const MAX_PARAMETERS = 100

/** Headers whose form is not the caller's free choice: secrets, and what the protocol itself writes. */
const UNGUARDED = new Set([
  'authorization',
  'x-api-key',
  'cookie',
  'host',
  'content-length',
  'date',
  'traceparent',
  'tracestate',
])

type Addressed = { c: ApiContext; headers: RequestHeaders; search: string }

/** Refuses card numbers in header values, path parameters and the query, naming the place and nothing else. */
export function guardAddress({ c, headers, search }: Addressed): void {
  for (const name in headers) {
    const value = headers[name]
    if (typeof value !== 'string' || value.length < 12 || UNGUARDED.has(name)) continue
    if (looksLikeCardNumber(value)) refuseCard(name)
  }
  const parameters = c.req.param() as Record<string, string>
  for (const name in parameters) if (looksLikeCardNumber(parameters[name] ?? '')) refuseCard(name)
  if (search === '') return
  let count = 0
  for (const [name, value] of new URLSearchParams(search)) {
    if (++count > MAX_PARAMETERS) badParameter('', `At most ${MAX_PARAMETERS} parameters`)
    if (looksLikeCardNumber(name)) refuseCard('query')
    if (looksLikeCardNumber(value)) refuseCard(name)
  }
}

const refuseCard = (path: string): never =>
  fail('CARD_NUMBER_REFUSED', {
    fields: [{ path, code: 'CARD_NUMBER_REFUSED', message: 'must not hold a card number' }],
  })

/** Refuses card numbers in a body, naming the place and nothing else. */
export function guardBody(body: unknown): void {
  const found = findCardData(body)
  if (!found) return
  const path = found.path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
  const field = { path, pointer: found.path, code: 'CARD_NUMBER_REFUSED', message: 'must not hold a card number' }
  fail('CARD_NUMBER_REFUSED', { fields: [field] })
}
