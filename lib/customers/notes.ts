// Staff remarks on a customer, with their edit history. They are never sent to customers.
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { z } from 'zod'
import { customerNotes } from '#db/schema'
import { type Ctx, can } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { maskText } from '../core/mask.ts'
import { record, unchanged } from '../core/record.ts'
import { command, query, type Tx } from '../core/verb.ts'
import { ownCustomer } from './commands.ts'
import { familyOf, findRow } from './rows.ts'
import { NewNote, NotePatch, NoteRef } from './schema.ts'

export type Note = typeof customerNotes.$inferSelect

/** What staff wrote about a person is personal, its earlier texts included. */
function shownNote(ctx: Ctx, note: Note): Note {
  if (can(ctx, 'pii:read')) return note
  const history = note.history.map((entry) => ({ ...entry, text: maskText(entry.text) }))
  return { ...note, text: maskText(note.text), history }
}

async function ownNote(tx: Tx, noteId: number, expectedVersion?: number): Promise<Note> {
  const own = and(eq(customerNotes.id, noteId), eq(customerNotes.merchantId, tx.merchantId))
  const [note] = await tx.writer.select().from(customerNotes).where(own)
  if (!note) fail('NOTE_NOT_FOUND', { noteId: String(noteId) })
  if (expectedVersion !== undefined && expectedVersion !== note.version) {
    fail('STALE_WRITE', { noteId: String(noteId), currentVersion: note.version, changedFields: ['text'] })
  }
  return note
}

export const createNote = command(
  'customers:write',
  NewNote,
  async (tx, { customerId: asked, text }): Promise<Note> => {
    const { id: customerId } = await ownCustomer(tx, asked)
    const now = tx.now()
    const stamps = { authorName: tx.actor.name, history: [], version: 1, createdAt: now, updatedAt: now }
    const [note] = await tx.writer
      .insert(customerNotes)
      .values({ customerId, merchantId: tx.merchantId, text, ...stamps })
      .returning()
    if (!note) throw new Error('An insert returned no row')
    record(tx, 'customer.note.created', { objectType: 'note', objectId: note.id, customerId, after: { text } })
    return shownNote(tx, note)
  },
)

export const updateNote = command(
  'customers:write',
  NotePatch,
  async (tx, { noteId, text, expectedVersion }): Promise<Note> => {
    const before = await ownNote(tx, noteId, expectedVersion)
    // A text sent back as it was shown, masked too, changes nothing.
    if (text === before.text || text === shownNote(tx, before).text) {
      unchanged(tx)
      return shownNote(tx, before)
    }
    const now = tx.now()
    const entry = { text: before.text, replacedAt: now.toISOString(), editorName: tx.actor.name }
    const set = { text, history: [...before.history, entry], version: before.version + 1, updatedAt: now }
    const same = and(eq(customerNotes.id, noteId), eq(customerNotes.version, before.version))
    const [after] = await tx.writer.update(customerNotes).set(set).where(same).returning()
    if (!after) fail('STALE_WRITE', { noteId: String(noteId) })
    const what = { objectType: 'note', objectId: noteId, customerId: before.customerId } as const
    record(tx, 'customer.note.updated', { ...what, before: { text: before.text }, after: { text } })
    return shownNote(tx, after)
  },
)

export const deleteNote = command(
  'customers:write',
  NoteRef,
  async (tx, { noteId, expectedVersion }): Promise<void> => {
    const before = await ownNote(tx, noteId, expectedVersion)
    await tx.writer.delete(customerNotes).where(eq(customerNotes.id, noteId))
    const what = { objectType: 'note', objectId: noteId, customerId: before.customerId } as const
    record(tx, 'customer.note.deleted', { ...what, before: { text: before.text } })
  },
)

/** One note; NOTE_NOT_FOUND for another merchant's. */
export const getNote = query('customers:read', NoteRef, async (read, { noteId }): Promise<Note> => {
  const own = and(eq(customerNotes.id, noteId), eq(customerNotes.merchantId, read.merchantId))
  const [note] = await read.reader.select().from(customerNotes).where(own)
  return note ? shownNote(read, note) : fail('NOTE_NOT_FOUND', { noteId: String(noteId) })
})

const NotesOf = z.strictObject({
  customerId: z.number().int(),
  /** Only notes older than this one. */
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(101).default(100),
})

/** Newest first. */
export const listNotes = query(
  'customers:read',
  NotesOf,
  async (read, { customerId, before, limit }): Promise<Note[]> => {
    const customer = await findRow(read.reader, read.merchantId, customerId)
    if (!customer) fail('CUSTOMER_NOT_FOUND', { customerId: String(customerId) })
    const family = await familyOf(read.reader, customer.id)
    const own = and(inArray(customerNotes.customerId, family), eq(customerNotes.merchantId, read.merchantId))
    const older = before === undefined ? undefined : lt(customerNotes.id, before)
    const notes = await read.reader
      .select()
      .from(customerNotes)
      .where(and(own, older))
      .orderBy(desc(customerNotes.id))
      .limit(limit)
    return notes.map((note) => shownNote(read, note))
  },
)
