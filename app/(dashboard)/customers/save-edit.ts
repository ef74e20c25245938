// Saving an edit that may meet somebody else's: changes to different fields are put together, the same field is asked
// about, and nothing typed is lost either way.
import type { Json } from '#lib/core/json'
import { type FieldConflict, mergeEdits, resolveConflicts } from '#lib/customers/conflict'
import type { CustomerForm } from '#lib/customers/form'
import { fieldLabel, formFrom, formOf, isEmptyPatch, leavesOf, patchOf, SENSITIVE } from '#lib/customers/form-patch'
import type { ChangesSince } from '#lib/customers/look-up'
import type { CustomerView } from '#lib/customers/view'
import { updateCustomerAction } from './actions.ts'
import { askConflict } from './conflict-store.ts'
import { changesRead, customerRead } from './reads.ts'

export type ActionError = { code: string; message: string; details: Record<string, unknown>; requestId: string }

export type Edit = {
  m: number
  id: number
  /** What the form was filled from. */
  opened: { form: CustomerForm; version: number }
  /** What it holds now. */
  typed: CustomerForm
}

export type EditResult =
  | {
      kind: 'saved'
      customer: CustomerView
      /** What the write replaced, for its inverse. */
      before: CustomerForm
      /** A sentence about what others changed meanwhile. */
      others?: string
    }
  | { kind: 'same' }
  | { kind: 'undecided'; by: string }
  | { kind: 'failed'; error: ActionError }

const MAX_ROUNDS = 5

/** The stored column behind a field of the form, which is what the history names. */
function columnOf(path: string): string {
  const head = path.split('.')[0] ?? path
  if (head === 'billing' || head === 'shipping') return `${head}Address`
  if (head === 'remove') return path.slice('remove.'.length)
  return ['notify', 'contact', 'currency', 'language'].includes(head) ? 'preferences' : head
}

type Since = Json<ChangesSince>

function authorOf(path: string, since: Since) {
  const entry = since.changes.find(({ fields }) => fields?.includes(columnOf(path)))
  return entry && { actor: entry.actorName, at: entry.at }
}

const namesOf = (since: Since): string => [...new Set(since.changes.map(({ actorName }) => actorName))].join(' and ')

function othersSentence(paths: readonly string[], since: Since): string | undefined {
  if (paths.length === 0) return undefined
  const fields = [...new Set(paths.map(fieldLabel))].join(', ')
  return `${namesOf(since) || 'Somebody'} changed ${fields} meanwhile; both changes were kept.`
}

function ask(conflicts: readonly FieldConflict[], theirs: readonly string[], since: Since) {
  if (conflicts.length === 0) return Promise.resolve({})
  const by = Object.fromEntries(conflicts.map(({ path }) => [path, authorOf(path, since)]))
  return askConflict({ who: namesOf(since) || 'somebody', conflicts, by, kept: theirs.map(fieldLabel) })
}

/** Puts the edit together with what was written meanwhile and saves that, over again if it moved on once more. */
async function settle({ m, id, opened, typed }: Edit): Promise<EditResult> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const [now, since] = await Promise.all([
      customerRead(m, id).queryFn(),
      changesRead(m, id, opened.version).queryFn(),
    ])
    const changed = new Set(since.changes.flatMap(({ fields }) => fields ?? []))
    const hidden = SENSITIVE.filter((field) => changed.has(field))
    const merge = mergeEdits(leavesOf(opened.form), leavesOf(formOf(now), hidden), leavesOf(typed))
    const decision = await ask(merge.conflicts, merge.theirs, since)
    if (!decision) return { kind: 'undecided', by: namesOf(since) }
    const patch = patchOf(formOf(now), formFrom(resolveConflicts(merge, decision), formOf(now)))
    const others = othersSentence(merge.theirs, since)
    if (isEmptyPatch(patch)) return { kind: 'saved', customer: now, before: formOf(now), others }
    const answer = await updateCustomerAction(m, { id, expectedVersion: now.version, ...patch })
    if (answer.ok) return { kind: 'saved', customer: answer.data.customer, before: formOf(now), others }
    if (answer.error.code !== 'STALE_WRITE') return { kind: 'failed', error: answer.error }
  }
  return { kind: 'undecided', by: 'Several people' }
}

/** Saves what differs between the opened and the typed form. Throws only when the server cannot be reached. */
export async function saveEdit(edit: Edit): Promise<EditResult> {
  const { m, id, opened, typed } = edit
  const patch = patchOf(opened.form, typed)
  if (isEmptyPatch(patch)) return { kind: 'same' }
  const answer = await updateCustomerAction(m, { id, expectedVersion: opened.version, ...patch })
  if (answer.ok) return { kind: 'saved', customer: answer.data.customer, before: opened.form }
  return answer.error.code === 'STALE_WRITE' ? settle(edit) : { kind: 'failed', error: answer.error }
}
