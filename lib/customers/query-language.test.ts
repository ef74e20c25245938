import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateSpan } from './query-dates.ts'
import { formatQuery, parseQuery, QUERY_FIELDS, type Term } from './query-language.ts'

const text = (word: string, negated = false): Term => ({ negated, kind: 'text', text: word, phrase: false })
const phrase = (words: string, negated = false): Term => ({ negated, kind: 'text', text: words, phrase: true })
const field = (name: string, op: ':' | '>' | '>=' | '<' | '<=', ...values: string[]): Term => ({
  negated: false,
  kind: 'field',
  field: name,
  op,
  values,
})

describe('parseQuery', () => {
  test('the example of the grammar', () => {
    expect(parseQuery('ann last4:4242 tag:vip created>2026-01-01 -country:DE field.tier:gold "north pier"')).toEqual({
      terms: [
        text('ann'),
        field('last4', ':', '4242'),
        field('tag', ':', 'vip'),
        field('created', '>', '2026-01-01'),
        { ...field('country', ':', 'DE'), negated: true },
        field('field.tier', ':', 'gold'),
        phrase('north pier'),
      ],
    })
  })

  test.each<[string, Term[]]>([
    ['', []],
    ['  \n ', []],
    ['tag:vip,gold,', [field('tag', ':', 'vip', 'gold')]],
    ['tag:"north pier",vip', [field('tag', ':', 'north pier', 'vip')]],
    ['MEMBERID:M-204', [field('memberId', ':', 'M-204')]],
    ['created>=2026-01-01', [field('created', '>=', '2026-01-01')]],
    ['expires<=12/29', [field('expires', '<=', '12/29')]],
    ['field.Visits>12', [field('field.Visits', '>', '12')]],
    ['foo:bar', [text('foo:bar')]],
    ['tag:', [text('tag:')]],
    ['tag:"" x', [text('x')]],
    ['name>ann', [text('name>ann')]],
    ['constructor:x __proto__:y', [text('constructor:x'), text('__proto__:y')]],
    ['-', [text('-')]],
    ['- a', [text('-'), text('a')]],
    ['--a', [text('-a', true)]],
    ['-"not this"', [phrase('not this', true)]],
    ['jean-luc', [text('jean-luc')]],
    ['5" pipe', [text('5"'), text('pipe')]],
    ['""', []],
    ['“smart quotes”', [phrase('smart quotes')]],
    ['pt::6f0c21d7ab9e4430c5d1', [text('pt::6f0c21d7ab9e4430c5d1')]],
    ['李雷', [text('李雷')]],
  ])('%s', (query, terms) => expect(parseQuery(query)).toEqual({ terms }))

  test.each([
    ['ann "north', 4],
    ['-"', 1],
    ['tag:"x', 4],
    ['tag:a,"b c', 6],
    ['ann created>2026-02-30', 12],
    ['created:2026-01-01,yesterday', 19],
    ['expires:13/29', 8],
    ['updated<2026-13', 8],
  ])('%s is refused at %i', (query, offset) => {
    expect(parseQuery(query)).toEqual({ error: { message: expect.any(String), offset } })
  })

  test('too many terms are refused, not searched', () => {
    expect(parseQuery('a '.repeat(50))).toHaveProperty('terms.length', 50)
    expect(parseQuery('a '.repeat(51))).toHaveProperty('error.offset', 100)
  })
})

const pieces = fc.constantFrom(
  'ann',
  ' ',
  '"',
  '-',
  ':',
  '>',
  '>=',
  ',',
  'tag:',
  'created>',
  '2026-01-01',
  'field.',
  'é',
  '“',
  '\n',
  '👩‍🚀',
  'x',
  '\\',
)
const query = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
)
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((value) => value.replace(/["“”„]/g, '').trim() || 'w')
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ negated: fc.boolean(), kind: fc.constant('text' as const), text: word, phrase: fc.constant(true) }),
  fc.record({
    negated: fc.boolean(),
    kind: fc.constant('field' as const),
    field: fc.constantFrom(
      ...QUERY_FIELDS.filter((name) => !['created', 'updated', 'expires'].includes(name)),
      'field.tier',
    ),
    op: fc.constant(':' as const),
    values: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
)

test('any text is read or refused at a place inside it, and what was read is written back the same', () => {
  fc.assert(
    fc.property(query, (written) => {
      const parsed = parseQuery(written)
      if ('error' in parsed) {
        expect(parsed.error.offset).toBeGreaterThanOrEqual(0)
        expect(parsed.error.offset).toBeLessThan(written.length)
      } else {
        expect(parseQuery(formatQuery(parsed.terms))).toEqual(parsed)
      }
    }),
    { numRuns: 5000 },
  )
})

test('terms survive being written and read', () => {
  fc.assert(
    fc.property(fc.array(term, { maxLength: 5 }), (terms) => {
      expect(parseQuery(formatQuery(terms))).toEqual({ terms })
    }),
    { numRuns: 1000 },
  )
  expect(formatQuery([text('tag:vip'), text('-x'), text('two words')])).toBe('"tag:vip" "-x" "two words"')
})

test('dates are spans of UTC', () => {
  const span = (from: string, before: string) => ({ from: new Date(from), before: new Date(before) })
  expect(dateSpan('2026-01-31')).toEqual(span('2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z'))
  expect(dateSpan('2024-02-29')).toEqual(span('2024-02-29T00:00:00Z', '2024-03-01T00:00:00Z'))
  expect(dateSpan('2026-12')).toEqual(span('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'))
  expect(dateSpan('2026')).toEqual(span('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'))
  expect(dateSpan('12/29')).toEqual(span('2029-12-01T00:00:00Z', '2030-01-01T00:00:00Z'))
  expect(dateSpan('2026-01-31T09:30+02:00')?.from.toISOString()).toBe('2026-01-31T07:30:00.000Z')
  for (const bad of [
    '2026-02-29',
    '2026-00',
    '0026',
    '26-01-01',
    '2026-1-1',
    '2026-01-31T25:00',
    '2026-02-30T10:00',
    '',
    '00/29',
  ]) {
    expect([bad, dateSpan(bad)]).toEqual([bad, undefined])
  }
})
