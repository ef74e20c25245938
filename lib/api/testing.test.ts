import { expect, test } from 'vitest'
import { call } from './testing.ts'

test('a socket lies between the tests and the API exactly when it is asked for', async () => {
  const answer = await call('GET', '/api/health/live')
  expect(answer.status).toBe(200)
  // Node's server dates every answer; the app by itself does not.
  expect(answer.headers.has('date')).toBe(process.env.API_TRANSPORT === 'http')
})
