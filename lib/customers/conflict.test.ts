import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Leaves, mergeEdits, resolveConflicts, type Side } from './conflict.ts'

const opened = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  phone: '',
  'billing.city': 'London',
  notifyEmail: true,
}

describe('mergeEdits', () => {
  test('puts changes to different fields together', () => {
    const now = { ...opened, phone: '+44 20 7946 0012' }
    const yours = { ...opened, 'billing.city': 'Ockham' }
    const merge = mergeEdits(opened, now, yours)
    expect(merge.conflicts).toEqual([])
    expect(merge.theirs).toEqual(['phone'])
    expect(merge.mine).toEqual(['billing.city'])
    expect(merge.merged).toEqual({ ...opened, phone: '+44 20 7946 0012', 'billing.city': 'Ockham' })
  })

  test('asks about a field that both changed differently and keeps theirs until then', () => {
    const merge = mergeEdits(opened, { ...opened, name: 'Ada King' }, { ...opened, name: 'Ada Byron' })
    expect(merge.conflicts).toEqual([{ path: 'name', opened: 'Ada Lovelace', now: 'Ada King', yours: 'Ada Byron' }])
    expect(merge.merged.name).toBe('Ada King')
  })

  test('takes the same change by both for granted', () => {
    const both = { ...opened, name: 'Ada King' }
    expect(mergeEdits(opened, both, both)).toMatchObject({
      conflicts: [],
      theirs: [],
      mine: [],
      merged: { name: 'Ada King' },
    })
  })

  test('sees a cleared and an added field', () => {
    const merge = mergeEdits(opened, { ...opened, email: '' }, { ...opened, 'customFields.size': 'XL' })
    expect(merge.merged).toMatchObject({ email: '', 'customFields.size': 'XL' })
  })

  test('takes a missing field, an empty text and a switched-off channel for the same', () => {
    const { notifyEmail, ...without } = { ...opened, notifyEmail: false }
    const merge = mergeEdits({ ...opened, notifyEmail: false }, { ...opened, notifyEmail: false }, without)
    expect(merge.mine).toEqual([])
    expect(notifyEmail).toBe(false)
  })
})

describe('resolveConflicts', () => {
  const now = { ...opened, name: 'Ada King', email: 'king@example.com' }
  const yours = { ...opened, name: 'Ada Byron', email: 'byron@example.com', phone: '12345' }
  const merge = mergeEdits(opened, now, yours)

  test('takes each side per field', () => {
    expect(resolveConflicts(merge, { name: 'mine', email: 'theirs' })).toMatchObject({
      name: 'Ada Byron',
      email: 'king@example.com',
      phone: '12345',
    })
  })

  test('overwrites nothing that was not decided', () => {
    expect(resolveConflicts(merge, {})).toMatchObject({ name: 'Ada King', email: 'king@example.com' })
  })
})

const leaves = fc.dictionary(
  fc.constantFrom('name', 'email', 'phone', 'billing.city'),
  fc.constantFrom('', 'a', 'b', 'c'),
)

describe('no edit is ever lost', () => {
  test('every value of the result is the one that was there, theirs or yours, and both edits are accounted for', () => {
    fc.assert(
      fc.property(
        leaves,
        leaves,
        leaves,
        fc.constantFrom<Side>('mine', 'theirs'),
        (was: Leaves, is: Leaves, typed: Leaves, side) => {
          const merge = mergeEdits(was, is, typed)
          const result = resolveConflicts(merge, Object.fromEntries(merge.conflicts.map(({ path }) => [path, side])))
          for (const path of ['name', 'email', 'phone', 'billing.city']) {
            const [a, b, c, r] = [was[path] ?? '', is[path] ?? '', typed[path] ?? '', result[path] ?? '']
            const conflict = merge.conflicts.some((each) => each.path === path)
            expect(conflict).toBe(a !== b && a !== c && b !== c)
            if (conflict) expect(r).toBe(side === 'mine' ? c : b)
            else expect(r).toBe(a === b ? c : b)
          }
        },
      ),
    )
  })
})
