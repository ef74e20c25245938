import { describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import { at, makeCustomer, makeMerchant } from '#db/testing/make'
import { updateCustomer } from './commands.ts'
import { mergeEdits, resolveConflicts } from './conflict.ts'
import { BLANK_FORM, CustomerForm, customerFormSchema } from './form.ts'
import { fieldLabel, formFrom, formOf, isEmptyPatch, leavesOf, patchOf } from './form-patch.ts'
import { CustomerFields } from './schema.ts'
import { customerView } from './view.ts'

await openDb()

const problemsOf = (schema: typeof CustomerForm, form: CustomerForm) => {
  const parsed = schema.safeParse(form)
  return parsed.success
    ? {}
    : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message]))
}
const form = (given: Partial<CustomerForm>): CustomerForm => ({ ...BLANK_FORM, ...given })

describe('CustomerForm', () => {
  test('asks for a name or an e-mail, and for nothing more', () => {
    expect(Object.keys(problemsOf(CustomerForm, BLANK_FORM))).toEqual(['name'])
    for (const one of [{ email: 'ada@example.com' }, { company: 'Engines' }, { lastName: 'Lovelace' }]) {
      expect(problemsOf(CustomerForm, form(one))).toEqual({})
    }
  })

  test.each([
    ['name', 100],
    ['firstName', 100],
    ['company', 255],
    ['phone', 20],
    ['memberId', 50],
  ] as const)('%s takes exactly %i characters', (field, limit) => {
    const digits = field === 'phone' ? '+44 (0) 20 7946 0012'.slice(0, limit) : 'x'.repeat(limit)
    expect(problemsOf(CustomerForm, form({ name: 'Ada', [field]: digits }))).toEqual({})
    expect(problemsOf(CustomerForm, form({ name: 'Ada', [field]: `${digits}1` }))).toHaveProperty(field)
  })

  test('names each wrong field', () => {
    const wrong = form({
      name: 'Ada',
      email: 'nonsense',
      phone: '12',
      dateOfBirth: '2026-02-30',
      ccEmails: 'ok@example.com\nnot ok',
      customFields: [
        { name: 'size', value: 'M' },
        { name: 'size', value: 'L' },
        { name: '', value: 'lost' },
      ],
    })
    expect(Object.keys(problemsOf(CustomerForm, wrong)).toSorted()).toEqual([
      'ccEmails',
      'customFields.1.name',
      'customFields.2.name',
      'dateOfBirth',
      'email',
      'phone',
    ])
  })

  test('does not judge again what was stored longer than staff may write', () => {
    const opened = form({ name: 'x'.repeat(200) })
    expect(problemsOf(customerFormSchema(opened), { ...opened, phone: '+44 20 7946 0012' })).toEqual({})
    expect(problemsOf(customerFormSchema(opened), { ...opened, name: 'y'.repeat(200) })).toHaveProperty('name')
  })
})

describe('patchOf', () => {
  test('is empty for a form that was only opened and closed', async () => {
    const merchant = await makeMerchant('Forms')
    const row = await makeCustomer(at(merchant.id), {
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      phone: '+44 20 7946 0012',
      dateOfBirth: '1990-01-01',
      taxId: 'T-1',
      billingAddress: { street: '1 Main St', city: 'London', country: 'GB' },
      customFields: { size: 'M' },
      preferences: { currency: 'GBP', notifications: true, communication: { post: false } },
      subscription: { level: 'gold' },
    })
    const opened = formOf(customerView(row))
    expect(patchOf(opened, opened)).toEqual({})
    expect(isEmptyPatch(patchOf(opened, formFrom(leavesOf(opened), opened)))).toBe(true)
  })

  test('carries what changed, and nothing else', () => {
    const opened = form({
      name: 'Ada',
      email: 'ada@example.com',
      billing: { ...BLANK_FORM.billing, street: '1 Main St', city: 'London' },
    })
    const typed = {
      ...opened,
      email: ' ',
      billing: { ...opened.billing, city: 'Ockham' },
      sameAddress: true,
      notify: { ...opened.notify, sms: 'yes' as const },
      customFields: [{ name: 'size', value: 'L' }],
      remove: { ...opened.remove, taxId: true },
    }
    const patch = patchOf(opened, typed)
    expect(patch).toEqual({
      email: null,
      billingAddress: { city: 'Ockham' },
      shippingAddress: { street: '1 Main St', city: 'Ockham' },
      preferences: { notifications: { email: null, sms: true, push: null } },
      customFields: { size: 'L' },
      taxId: null,
    })
    expect(CustomerFields.safeParse(patch).success).toBe(true)
  })

  test('turns an address kept as one line into parts, and back', () => {
    const line = { ...BLANK_FORM.billing, line: '1 Main St, London' }
    const parts = { ...BLANK_FORM.billing, street: '1 Main St', city: 'London' }
    const [a, b] = [form({ name: 'Ada', billing: line }), form({ name: 'Ada', billing: parts })]
    expect(patchOf(a, b).billingAddress).toEqual({ street: '1 Main St', city: 'London' })
    expect(patchOf(b, a).billingAddress).toBe('1 Main St, London')
    expect(patchOf(a, form({ name: 'Ada' })).billingAddress).toBeNull()
  })

  test('undoes what it did: the way back restores every field that people see', async () => {
    const merchant = await makeMerchant('Undo')
    const ctx = at(merchant.id)
    const row = await makeCustomer(ctx, { name: 'Ada Lovelace', email: 'ada@example.com', customFields: { size: 'M' } })
    const before = formOf(customerView(row))
    const typed: CustomerForm = {
      ...before,
      name: 'Ada King',
      phone: '+44 20 7946 0012',
      customFields: [{ name: 'colour', value: 'red' }],
      billing: { ...before.billing, city: 'Ockham', country: 'GB' },
      currency: 'GBP',
      status: 'suspended',
    }
    const { customer } = await updateCustomer(ctx, {
      id: row.id,
      expectedVersion: row.version,
      ...patchOf(before, typed),
    })
    const after = formOf(customerView(customer))
    expect(after).toMatchObject({
      name: 'Ada King',
      status: 'suspended',
      customFields: [{ name: 'colour', value: 'red' }],
    })
    const back = await updateCustomer(ctx, { id: row.id, expectedVersion: customer.version, ...patchOf(after, before) })
    expect(formOf(customerView(back.customer))).toEqual(before)
  })
})

describe('two editors', () => {
  const opened = form({ name: 'Ada Lovelace', email: 'ada@example.com' })

  test('of different fields end in one customer with both changes', () => {
    const now = { ...opened, phone: '+44 20 7946 0012' }
    const typed = { ...opened, billing: { ...opened.billing, city: 'Ockham' } }
    const merge = mergeEdits(leavesOf(opened), leavesOf(now), leavesOf(typed))
    expect(merge.conflicts).toEqual([])
    expect(patchOf(now, formFrom(resolveConflicts(merge, {}), now))).toEqual({ billingAddress: { city: 'Ockham' } })
  })

  test('of a hidden value are asked, although nobody sees what stands there', () => {
    const merge = mergeEdits(leavesOf(opened), leavesOf(opened, ['taxId']), leavesOf({ ...opened, taxId: 'T-2' }))
    expect(merge.conflicts.map(({ path }) => path)).toEqual(['taxId'])
    expect(patchOf(opened, formFrom(resolveConflicts(merge, { taxId: 'theirs' }), opened))).toEqual({})
    expect(patchOf(opened, formFrom(resolveConflicts(merge, { taxId: 'mine' }), opened))).toEqual({ taxId: 'T-2' })
  })
})

test('paths are told in words', () => {
  const paths = ['email', 'billing.city', 'notify.sms', 'customFields.size.of.shoe', 'unheardOf']
  expect(paths.map(fieldLabel)).toEqual([
    'E-mail',
    'Billing city',
    'Notify by text message',
    'Custom field “size.of.shoe”',
    'unheardOf',
  ])
})
