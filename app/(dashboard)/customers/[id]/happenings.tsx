// What happened to a customer, in words and as before and after.
import {
  Archive,
  ArchiveRestore,
  CreditCard,
  Eye,
  Handshake,
  type LucideIcon,
  MessageSquareText,
  Pencil,
  Trash2,
  UserPlus,
  WalletCards,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { FieldChange, TimelineItem } from '#components/timeline'
import { fieldLabel } from '#lib/customers/form-patch'
import type { HistoryView } from '../reads.ts'

const WORDS: Readonly<Record<string, readonly [sentence: string, icon: LucideIcon]>> = {
  'customer.created': ['Customer added', UserPlus],
  'customer.updated': ['Customer changed', Pencil],
  'customer.archived': ['Customer archived', Archive],
  'customer.restored': ['Customer restored', ArchiveRestore],
  'customer.read': ['Details read', Eye],
  'customer.note.created': ['Note added', MessageSquareText],
  'customer.note.updated': ['Note changed', MessageSquareText],
  'customer.note.deleted': ['Note deleted', Trash2],
  'consent.given': ['Consent given', Handshake],
  'consent.withdrawn': ['Consent withdrawn', Handshake],
  'instruments.read': ['Instruments read', Eye],
  'instrument.attached': ['Instrument saved', CreditCard],
  'instrument.updated': ['Instrument changed', CreditCard],
  'instrument.preferred': ['Preferred instrument chosen', CreditCard],
  'instrument.detached': ['Instrument removed', CreditCard],
  'profile.created': ['Profile made', WalletCards],
  'profile.updated': ['Profile changed', WalletCards],
  'profile.deleted': ['Profile deleted', WalletCards],
  'profile.linked': ['Profile linked', WalletCards],
  'profile.unlinked': ['Profile unlinked', WalletCards],
  'profile.read': ['Profile read', Eye],
}

/** "Customer changed" for `customer.updated`; an action without words of its own is told by its name. */
export const actionWords = (action: string): string => WORDS[action]?.[0] ?? action

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ') || null
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([key, each]) => `${fieldLabel(key).toLowerCase()}: ${textOf(each) ?? '—'}`)
    return parts.join(', ') || null
  }
  return String(value)
}

/** Of two objects only the members that differ are worth telling. */
function parts(field: string, before: unknown, after: unknown): FieldChange[] {
  if (!isRecord(before) && !isRecord(after))
    return [{ field: fieldLabel(field), before: textOf(before), after: textOf(after) }]
  const [was, is] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]))
    .map((key) => ({
      field: `${fieldLabel(field)}: ${fieldLabel(key).toLowerCase()}`,
      before: textOf(was[key]),
      after: textOf(is[key]),
    }))
}

/** Columns that follow from others, and would only repeat them. */
const DERIVED = new Set(['archivedAt', 'country', 'currency', 'language', 'customerId', 'instrumentId'])

export const fieldChanges = (changes: HistoryView['changes']): FieldChange[] =>
  Object.entries(changes ?? {})
    .filter(([field]) => !DERIVED.has(field))
    .flatMap(([field, { before, after }]) => parts(field, before, after))

/** An entry of the history for the timeline. What a record was made of is not repeated field by field. */
export function timelineItem(entry: HistoryView, more?: ReactNode): TimelineItem {
  const [title, icon] = WORDS[entry.action] ?? [entry.action, Pencil]
  const made =
    entry.action === 'customer.created' || entry.action === 'instrument.attached' || entry.action === 'profile.created'
  return {
    id: String(entry.id),
    at: entry.at,
    icon,
    title,
    actor: entry.actorName,
    changes: made ? [] : fieldChanges(entry.changes),
    more,
  }
}
