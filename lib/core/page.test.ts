import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, listFingerprint, toPage, totalOf } from './page.ts'

test('a cursor comes back as it was made, for its own list only', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), fc.boolean(), fc.string(), (values, backwards, list) => {
      const fingerprint = listFingerprint(list)
      const cursor = encodeCursor({ values, backwards }, fingerprint)
      expect(decodeCursor(cursor, fingerprint)).toEqual({ values, backwards })
      expect(() => decodeCursor(cursor, listFingerprint([list]))).toThrow(/does not belong/)
    }),
  )
})

test('a changed or invented cursor is refused with CURSOR_INVALID, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text, 'list')).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }))
    }),
  )
})

test('the extra row tells that there is more and is not shown', () => {
  const page = toPage([1, 2, 3], 2, undefined, 'list', (row) => [row])
  expect(page.data).toEqual([1, 2])
  expect(page.hasMore).toBe(true)
  expect(page.prevCursor).toBeNull()
  expect(decodeCursor(page.nextCursor ?? '', 'list').values).toEqual([2])
})

test('a page walked backwards is shown in list order and leads both ways', () => {
  const page = toPage([4, 3, 2], 2, { values: [5], backwards: true }, 'list', (row) => [row])
  expect(page.data).toEqual([3, 4])
  expect(decodeCursor(page.prevCursor ?? '', 'list')).toEqual({ values: [3], backwards: true })
  expect(decodeCursor(page.nextCursor ?? '', 'list')).toEqual({ values: [4], backwards: false })
})

test('totals are exact up to ten thousand', () => {
  expect(totalOf(10_000)).toEqual({ value: 10_000, relation: 'eq' })
  expect(totalOf(10_001)).toEqual({ value: 10_000, relation: 'gte' })
})
