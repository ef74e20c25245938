import { expect, test } from 'vitest'
import { Addresses } from './invite-form.ts'

test('takes lines, commas and spaces, each address once', () => {
  expect(Addresses.parse('ada@a.example, BOB@b.example\nbob@b.example;cy@c.example ')).toEqual([
    'ada@a.example',
    'bob@b.example',
    'cy@c.example',
  ])
})

test.each([
  ['', /at least one/],
  [' ,\n', /at least one/],
  ['ada@a.example, nonsense', /“nonsense”/],
  [Array.from({ length: 51 }, (_, index) => `p${index}@a.example`).join(' '), /at most 50/],
])('refuses %s', (text, reason) => {
  expect(Addresses.safeParse(text).error?.issues[0]?.message).toMatch(reason)
})
