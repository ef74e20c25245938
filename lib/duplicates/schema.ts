// Merging: what is asked, what is planned, and what is kept of it for an undo.
import { z } from 'zod'
import type { CustomerColumns } from '../customers/rules.ts'

/** What one choice decides: the columns that belong together, under the name that callers use. */
export const MERGE_FIELDS = {
  name: ['name', 'firstName', 'lastName'],
  company: ['company'],
  email: ['email'],
  phone: ['phone', 'phoneE164'],
  memberId: ['memberId'],
  dateOfBirth: ['dateOfBirth'],
  gender: ['gender'],
  nationalId: ['nationalId'],
  taxId: ['taxId'],
  description: ['description'],
  reference: ['reference'],
  billingAddress: ['billingAddress'],
  shippingAddress: ['shippingAddress'],
  preferences: ['preferences'],
  subscription: ['subscription'],
  status: ['status'],
  verificationStatus: ['verificationStatus'],
} as const satisfies Record<string, readonly (keyof CustomerColumns)[]>

export type MergeField = keyof typeof MERGE_FIELDS
export const MERGE_FIELD_NAMES = Object.keys(MERGE_FIELDS) as [MergeField, ...MergeField[]]

const Id = z.number().int().positive()
/** At most ten duplicates at once: each is looked at field by field by whoever merges. */
const DuplicateIds = z.array(Id).min(1).max(10)

export const MergePlanInput = z.strictObject({ id: Id, duplicateIds: DuplicateIds })
export const MergeInput = MergePlanInput.extend({
  expectedVersion: z.number().int().optional(),
  /** Whose value stays, by field; without a choice the survivor's, and where it has none the first duplicate's. */
  winners: z.partialRecord(z.enum(MERGE_FIELD_NAMES), Id).default({}),
})
export type MergeInput = z.output<typeof MergeInput>
export const MergeRef = z.strictObject({ mergeId: Id })

/** Of each column of the survivor that a merge changed, the value on both sides. */
export type MergeChanges = Partial<Record<keyof CustomerColumns, { before: unknown; after: unknown }>>
/** What a duplicate was, and which links to profiles went over; `shared` ones the survivor had as well. */
export type Moved = {
  customerId: number
  lifecycle: 'current' | 'archived'
  profileIds: number[]
  shared: number[]
}

/** Why these cannot be merged: two profiles of one container cannot both be one customer's. */
export type Blocker = {
  code: 'PROFILE_CLASH'
  containerId: number
  container: string
  profiles: { profileGuid: string; customerId: number }[]
}
