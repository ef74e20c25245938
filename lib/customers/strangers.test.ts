import { beforeAll, describe, expect, test } from 'vitest'
import { bareMerchant as merchant } from '#db/testing/merchant'
import type { Ctx } from '../core/ctx.ts'
import {
  archiveCustomer,
  createCustomer,
  restoreCustomer,
  tagCustomer,
  untagCustomer,
  updateCustomer,
} from './commands.ts'
import { createNote, deleteNote, listNotes, updateNote } from './notes.ts'
import { getCustomer, listCustomers, listHistory } from './queries.ts'

let ctx: Ctx
let stranger: Ctx
beforeAll(async () => {
  ctx = await merchant()
  stranger = await merchant()
})

const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }

describe('another merchant', () => {
  test('gets the not-found of a customer that never existed, from every verb', async () => {
    const { customer } = await createCustomer(ctx, ada)
    const asked = [
      (id: number) => getCustomer(stranger, { id }),
      (id: number) => updateCustomer(stranger, { id, name: 'Mine' }),
      (id: number) => archiveCustomer(stranger, { id }),
      (id: number) => restoreCustomer(stranger, { id }),
      (id: number) => tagCustomer(stranger, { id, tag: 'x' }),
      (id: number) => untagCustomer(stranger, { id, tag: 'x' }),
      (id: number) => createNote(stranger, { customerId: id, text: 'x' }),
      (id: number) => listNotes(stranger, { customerId: id }),
      (id: number) => listHistory(stranger, { id }),
    ]
    for (const ask of asked) {
      const [theirs, nobodys] = await Promise.all(
        [customer.id, 9_007_199_254_740_991].map((id) => ask(id).catch((err) => err)),
      )
      expect(theirs.code).toBe('CUSTOMER_NOT_FOUND')
      expect({ ...theirs.details, customerId: '' }).toEqual({ ...nobodys.details, customerId: '' })
    }
    expect((await listCustomers(stranger, { q: 'ada@example.com' })).data).toEqual([])
    expect(await getCustomer(ctx, { id: customer.id })).toMatchObject({ name: ada.name, version: 1 })
  })
})

describe('notes', () => {
  test('keep their edit history and are gone when deleted', async () => {
    const { customer } = await createCustomer(ctx, ada)
    const note = await createNote(ctx, { customerId: customer.id, text: 'Called\nback' })
    const edited = await updateNote(ctx, { noteId: note.id, text: 'Called again' })
    expect(edited.history).toMatchObject([{ text: 'Called\nback', editorName: 'Clientele' }])
    await deleteNote(ctx, { noteId: note.id })
    expect(await listNotes(ctx, { customerId: customer.id })).toEqual([])
  })

  test('of another merchant are not there', async () => {
    const { customer } = await createCustomer(ctx, ada)
    const note = await createNote(ctx, { customerId: customer.id, text: 'x' })
    await expect(updateNote(stranger, { noteId: note.id, text: 'y' })).rejects.toMatchObject({ code: 'NOTE_NOT_FOUND' })
    await expect(deleteNote(stranger, { noteId: note.id })).rejects.toMatchObject({ code: 'NOTE_NOT_FOUND' })
  })
})
