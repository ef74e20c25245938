import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldFaults } from './issues.ts'
import { CountryCode, text } from './values.ts'

const faults = (schema: z.ZodType, input: unknown) =>
  fieldFaults(schema.safeParse(input).error ?? { issues: [] }).map(
    ({ field, code, message }) => `${field} ${code} ${message}`,
  )

test('zod’s own faults have codes and words', () => {
  const schema = z.strictObject({
    n: z.int().max(3),
    s: z.string().min(1),
    w: z.string().max(2),
    e: z.enum(['p', 'q']),
    l: z.array(z.string()).max(1),
    b: z.boolean(),
    m: z.email(),
    gone: z.string(),
  })
  const input = { n: 5, s: '', w: 'abc', e: 'z', l: ['a', 'b'], b: 'yes', m: 'x', 'odd/key~': 1 }
  expect(faults(schema, input)).toEqual([
    'n TOO_LARGE must be at most 3',
    's REQUIRED must not be empty',
    'w TOO_LONG must be at most 2 characters',
    'e VALUE_UNKNOWN must be one of p, q',
    'l TOO_MANY must have at most 1 entries',
    'b TYPE_INVALID must be true or false',
    'm EMAIL_INVALID must be an e-mail address',
    'gone REQUIRED is required',
    'odd/key~ UNKNOWN_FIELD is not a known field',
  ])
  const error = schema.safeParse({ 'odd/key~': 1 }).error
  expect(error && fieldFaults(error).at(-1)?.pointer).toBe('/odd~1key~0')
})

test('of a union the branch that was meant speaks', () => {
  const schema = z.strictObject({ address: z.union([text(5), z.strictObject({ country: CountryCode })]) })
  expect(faults(schema, { address: { country: 'XX' } })).toEqual([
    'address.country COUNTRY_UNKNOWN is not an ISO 3166-1 alpha-2 code',
  ])
  expect(faults(schema, { address: 'too long' })).toEqual(['address TOO_LONG must be at most 5 characters'])
  expect(faults(schema, { address: 7 })).toEqual(['address TYPE_INVALID has the wrong type'])
})

test('every failed parse has at least one fault and repeats no sent value', () => {
  const schema = z.strictObject({
    a: z.union([z.int(), z.boolean()]),
    b: z.record(z.string(), z.literal(1)),
    c: z.tuple([z.date()]),
  })
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.record({ a: fc.anything(), b: fc.anything(), c: fc.anything() })),
      (value) => {
        const parsed = schema.safeParse(value)
        if (parsed.success) return
        const found = fieldFaults(parsed.error)
        expect(found.length).toBeGreaterThan(0)
        for (const fault of found) expect(fault.pointer === '' || fault.pointer.startsWith('/')).toBe(true)
      },
    ),
  )
  expect(JSON.stringify(faults(z.strictObject({ a: z.email() }), { a: 'secret value' }))).not.toContain('secret')
})
