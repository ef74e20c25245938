import { expect, test } from 'vitest'
import { listAddress, searchOf } from '../customers/list-address.ts'
import { addedHref, currentHref, foundHref, withInstrumentHref } from './links.ts'

const asked = (href: string) => searchOf(listAddress(new URLSearchParams(href.split('?')[1])))

test('each number leads to the list that the figures count', () => {
  const count = { value: 1, relation: 'eq' } as const
  const added = { count, before: count, period: { from: '2026-10-23', to: '2026-11-21' } }
  expect(asked(addedHref(7, added))).toMatchObject({
    lifecycle: ['current', 'archived'],
    createDate: { gte: '2026-10-23T00:00:00.000Z', lt: '2026-11-22T00:00:00.000Z' },
  })
  expect(asked(currentHref(7))).toEqual(asked('?'))
  expect(asked(withInstrumentHref(7))).toMatchObject({ hasInstrument: true })
  expect(asked(foundHref(7, 'expires<2026-11'))).toMatchObject({ q: 'expires<2026-11' })
  expect(addedHref(7, added)).toContain('m=7')
})
