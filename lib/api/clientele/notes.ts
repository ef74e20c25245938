// Staff notes on a customer, with their history.
import { z } from '@hono/zod-openapi'
import { fail } from '../../core/errors.ts'
import { createNote, deleteNote, getNote, listNotes, type Note, updateNote } from '../../customers/notes.ts'
import { type Answer, json } from '../http.ts'
import { etag, expectedVersion, isFresh, notModified } from './conditions.ts'
import { customerIdOf } from './customer-answer.ts'
import { parseBody } from './customer-write.ts'
import { forwardPage, listAnswer, listOf, pageBefore } from './lists.ts'
import { refuseParameters } from './query.ts'
import { PageQuery } from './query-wire.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { Id, Instant, READ_ONLY_NOTE } from './wire.ts'

const NoteAnswer = z
  .object({
    id: Id,
    customerId: Id,
    text: z.string(),
    authorName: z.string(),
    history: z.array(z.object({ text: z.string(), replacedAt: Instant, editorName: z.string() })),
    version: z.int(),
    createDate: Instant,
    updateDate: Instant,
  })
  .openapi('Note')

const NoteBody = z.strictObject({ text: z.string(), ...READ_ONLY_NOTE }).openapi('NoteWrite')

const toNote = (note: Note): z.output<typeof NoteAnswer> =>
  NoteAnswer.parse({ ...note, createDate: note.createdAt.toISOString(), updateDate: note.updatedAt.toISOString() })

const noteAnswer = (note: Note, headers: Record<string, string> = {}): Answer => ({
  ...json(toNote(note), 200, { ...headers, ETag: etag(note) }),
  customerId: note.customerId,
})

const noteIdOf = (call: Call): number => {
  const asked = param(call, 'noteId')
  return /^[0-9]{1,15}$/.test(asked) ? Number(asked) : fail('NOTE_NOT_FOUND', { noteId: asked })
}

async function notes(call: Call): Promise<Answer> {
  const customerId = await customerIdOf(call)
  const list = ['notes', call.ctx.merchantId, customerId]
  const { limit, before } = forwardPage(call, list)
  const page = pageBefore(await listNotes(call.ctx, { customerId, before, limit: limit + 1 }), limit, list)
  return listAnswer(call, NoteAnswer, { ...page, data: page.data.map(toNote) })
}

async function addNote(call: Call): Promise<Answer> {
  refuseParameters(call)
  const customerId = await customerIdOf(call)
  const { text } = parseBody(NoteBody, call.body)
  const note = await createNote(call.ctx, { customerId, text })
  return noteAnswer(note, { Location: `${call.mount}/notes/${note.id}` })
}

async function readNote(call: Call): Promise<Answer> {
  refuseParameters(call)
  const note = await getNote(call.ctx, { noteId: noteIdOf(call) })
  return isFresh(call, etag(note)) ? notModified(etag(note)) : noteAnswer(note)
}

async function editNote(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getNote(call.ctx, { noteId: noteIdOf(call) })
  const { text } = parseBody(NoteBody, call.body)
  const expected = await expectedVersion(call, before)
  return noteAnswer(await updateNote(call.ctx, { noteId: before.id, text, expectedVersion: expected }))
}

async function removeNote(call: Call): Promise<Answer> {
  refuseParameters(call)
  const before = await getNote(call.ctx, { noteId: noteIdOf(call) })
  await deleteNote(call.ctx, { noteId: before.id, expectedVersion: await expectedVersion(call, before) })
  return { status: 204, text: null }
}

const TAG = 'Customers'
const WRITES = [
  'VALIDATION_ERROR',
  'JSON_MALFORMED',
  'MEDIA_TYPE_UNSUPPORTED',
  'BODY_TOO_LARGE',
  'IDEMPOTENCY_KEY_REUSED',
] as const
const NOTE_EXAMPLES = { note: { summary: 'A note', value: { text: 'Prefers to be called in the morning.' } } }
const noteWrite = { tag: TAG, body: NoteBody, bodyExamples: NOTE_EXAMPLES, answer: NoteAnswer }
const LOCKS = ['STALE_WRITE', 'VERSION_REQUIRED'] as const

export const NOTE_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/customers/{id}/notes',
    summary: 'List notes',
    tag: TAG,
    permission: listNotes.permission,
    query: PageQuery,
    answer: listOf(NoteAnswer),
    errors: ['CUSTOMER_NOT_FOUND', 'QUERY_INVALID', 'CURSOR_INVALID'],
    run: notes,
  },
  {
    ...noteWrite,
    method: 'post',
    path: '/customers/{id}/notes',
    summary: 'Add a note',
    permission: createNote.permission,
    errors: [...WRITES, 'CUSTOMER_NOT_FOUND'],
    run: addNote,
  },
  {
    method: 'get',
    path: '/notes/{noteId}',
    summary: 'Read a note',
    tag: TAG,
    permission: getNote.permission,
    answer: NoteAnswer,
    errors: ['NOTE_NOT_FOUND'],
    run: readNote,
  },
  {
    ...noteWrite,
    method: 'patch',
    path: '/notes/{noteId}',
    summary: 'Change a note',
    description: 'The text before stays in its history.',
    permission: updateNote.permission,
    errors: [...WRITES, ...LOCKS, 'NOTE_NOT_FOUND'],
    run: editNote,
  },
  {
    method: 'delete',
    path: '/notes/{noteId}',
    summary: 'Delete a note',
    tag: TAG,
    permission: deleteNote.permission,
    answer: null,
    errors: [...LOCKS, 'NOTE_NOT_FOUND'],
    run: removeNote,
  },
]
