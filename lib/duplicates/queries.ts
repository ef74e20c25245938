// What a merge would do, and what merges were done.
import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { merges } from '#db/schema'
import { fail } from '../core/errors.ts'
import { recordRead } from '../core/record.ts'
import { query } from '../core/verb.ts'
import { shown } from '../customers/mask.ts'
import type { CustomerRow } from '../customers/rules.ts'
import type { Merge } from './merge.ts'
import { type Moves, movesOf, type Plan, planMerge } from './plan.ts'
import { type Blocker, MERGE_FIELD_NAMES, MERGE_FIELDS, type MergeField, MergePlanInput, MergeRef } from './schema.ts'

export type PreviewField = {
  field: MergeField
  /** Whose value stays unless another is chosen. */
  winner: number
  /** The value of each customer by its id, as the caller may see it. */
  values: { customerId: number; value: unknown }[]
  differs: boolean
}
export type Preview = { survivorId: number; fields: PreviewField[]; moves: Moves; blockers: Blocker[] }

function fieldOf(field: MergeField, rows: readonly CustomerRow[], plan: Plan): PreviewField {
  const [column] = MERGE_FIELDS[field]
  const values = rows.map((row) => ({ customerId: row.id, value: row[column] }))
  const differs = new Set(values.map(({ value }) => JSON.stringify(value))).size > 1
  return { field, winner: plan.winners[field], values, differs }
}

/** What merging would do, field by field, what would come over, and what stands against it. Changes nothing. */
export const previewMerge = query('customers:merge', MergePlanInput, async (read, input): Promise<Preview> => {
  const plan = await planMerge(read, read.reader, input)
  const all = [plan.survivor, ...plan.duplicates]
  for (const { id } of all) recordRead(read, 'customer.read', { objectType: 'customer', objectId: id })
  const rows = all.map((row) => shown(read, row))
  return {
    survivorId: plan.survivor.id,
    fields: MERGE_FIELD_NAMES.map((field) => fieldOf(field, rows, plan)),
    moves: await movesOf(read.reader, plan),
    blockers: plan.blockers,
  }
})

export type MergeView = {
  id: number
  survivorId: number
  duplicateIds: number[]
  /** The names of the survivor's columns that the merge changed. */
  changedFields: string[]
  actorName: string
  createdAt: Date
  undoneAt: Date | null
}

const viewOf = ({ id, survivorId, moved, changes, actorName, createdAt, undoneAt }: Merge): MergeView => ({
  id,
  survivorId,
  duplicateIds: moved.map(({ customerId }) => customerId),
  changedFields: Object.keys(changes),
  actorName,
  createdAt,
  undoneAt,
})

const MergesOf = z.strictObject({
  customerId: z.number().int().optional(),
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(101).default(50),
})

/** The merges of the caller's merchant, newest first; `customerId` those into one customer. */
export const listMerges = query(
  'customers:read',
  MergesOf,
  async (read, { customerId, before, limit }): Promise<MergeView[]> => {
    const rows = await read.reader
      .select()
      .from(merges)
      .where(
        and(
          eq(merges.merchantId, read.merchantId),
          customerId === undefined ? undefined : eq(merges.survivorId, customerId),
          before === undefined ? undefined : lt(merges.id, before),
        ),
      )
      .orderBy(desc(merges.id))
      .limit(limit)
    return rows.map(viewOf)
  },
)

export const getMerge = query('customers:read', MergeRef, async (read, { mergeId }): Promise<MergeView> => {
  const own = and(eq(merges.id, mergeId), eq(merges.merchantId, read.merchantId))
  const [merge] = await read.reader.select().from(merges).where(own)
  return merge ? viewOf(merge) : fail('MERGE_NOT_FOUND', { mergeId: String(mergeId) })
})
