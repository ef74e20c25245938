import { expect, test } from 'vitest'
import { isFromFrame, readExpiry } from './card-frame-protocol.tsx'

test.each([
  ['9/29', 9],
  ['09/29', 9],
  ['09 / 2029', 9],
  ['1229', 12],
  [' 12-2029 ', 12],
])('%s is a month of 2029', (typed, month) => {
  expect(readExpiry(typed)).toEqual({ month, year: 2029 })
})

test.each(['', '13/29', '0/29', '12', '12/9', 'soon', '12/1929'])('%s is no expiry date', (typed) => {
  expect(readExpiry(typed)).toBeUndefined()
})

test('a message of anything else is not of the frame', () => {
  expect([{ type: 'tokenize' }, null, 'token', {}].map(isFromFrame)).toEqual([false, false, false, false])
})
