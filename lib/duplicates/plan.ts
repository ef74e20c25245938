// What a merge would do, without doing it: the same plan is shown before and carried out.
import { eq, inArray } from 'drizzle-orm'
import type { Reader } from '#db/client'
import { countAll } from '#db/kit'
import { containers, customerNotes, instruments, profileCustomers, profiles, transactions } from '#db/schema'
import type { Ctx } from '../core/ctx.ts'
import { fail, invalid } from '../core/errors.ts'
import { familyOf, findRow } from '../customers/rows.ts'
import { type CustomerColumns, type CustomerRow, derived, uniqueTags } from '../customers/rules.ts'
import type { ConsentState } from '../customers/schema.ts'
import { type Blocker, MERGE_FIELD_NAMES, MERGE_FIELDS, type MergeField } from './schema.ts'

export type Link = {
  profileId: number
  profileGuid: string
  containerId: number
  container: string
  customerId: number
}
export type Winners = Partial<Record<MergeField, number>>
export type Plan = {
  survivor: CustomerRow
  duplicates: CustomerRow[]
  winners: Record<MergeField, number>
  /** The survivor's columns afterwards. */
  next: CustomerColumns
  links: Link[]
  blockers: Blocker[]
}

const hasValue = (row: CustomerRow, field: MergeField): boolean => {
  const value = row[MERGE_FIELDS[field][0]]
  return value !== null && value !== ''
}

/** The first that has a value, the survivor being first of all, unless somebody chose. */
function winnerOf(rows: readonly CustomerRow[], field: MergeField, chosen: number | undefined): CustomerRow {
  const [survivor] = rows as [CustomerRow]
  if (chosen === undefined) return rows.find((row) => hasValue(row, field)) ?? survivor
  const winner = rows.find(({ id }) => id === chosen)
  return winner ?? invalid(`winners.${field}`, 'UNKNOWN', 'must be one of the customers that are merged')
}

const distinct = <T>(lists: readonly (readonly T[] | null)[]): T[] | null => {
  const all = [...new Set(lists.flatMap((list) => list ?? []))]
  return all.length > 0 ? all : null
}

/** Of two states of one purpose the refusal holds, and of two alike the newer. */
function stricter(a: ConsentState | undefined, b: ConsentState): ConsentState {
  if (!a) return b
  if (a.granted !== b.granted) return a.granted ? b : a
  return a.recordedAt >= b.recordedAt ? a : b
}

function consentsOf(rows: readonly CustomerRow[]): ConsentState[] | null {
  const states = new Map<string, ConsentState>()
  for (const state of rows.flatMap(({ consents }) => consents ?? []))
    states.set(state.purpose, stricter(states.get(state.purpose), state))
  return states.size > 0 ? [...states.values()] : null
}

function depositsOf(rows: readonly CustomerRow[]): Record<string, number> | null {
  const sums = new Map<string, number>()
  for (const { deposits } of rows)
    for (const [currency, minor] of Object.entries(deposits ?? {}))
      sums.set(currency, (sums.get(currency) ?? 0) + minor)
  return sums.size > 0 ? Object.fromEntries(sums) : null
}

/** The survivor's values win; what it lacks is filled in. */
function customFieldsOf(rows: readonly CustomerRow[]): Record<string, string> | null {
  const all = Object.assign({}, ...rows.map(({ customFields }) => customFields ?? {}).toReversed())
  return Object.keys(all).length > 0 ? all : null
}

function nextOf(rows: readonly CustomerRow[], chosen: Winners): Pick<Plan, 'next' | 'winners'> {
  const [survivor] = rows as [CustomerRow]
  const { id, customerId, merchantId, userId, version, createdAt, updatedAt, ...columns } = survivor
  const next: CustomerColumns = { ...columns }
  const winners = {} as Record<MergeField, number>
  for (const field of MERGE_FIELD_NAMES) {
    const winner = winnerOf(rows, field, chosen[field])
    winners[field] = winner.id
    for (const column of MERGE_FIELDS[field]) Object.assign(next, { [column]: winner[column] })
  }
  const unions = {
    tags: uniqueTags(rows.flatMap(({ tags }) => tags ?? [])),
    ccEmails: distinct(rows.map(({ ccEmails }) => ccEmails)),
    ccPhones: distinct(rows.map(({ ccPhones }) => ccPhones)),
    customFields: customFieldsOf(rows),
    consents: consentsOf(rows),
    deposits: depositsOf(rows),
    hasPaymentRequests: rows.some((row) => row.hasPaymentRequests),
    hasInstrument: rows.some((row) => row.hasInstrument),
    profileGuid: rows.find(({ profileGuid }) => profileGuid !== null)?.profileGuid ?? null,
  }
  return { next: derived({ ...next, ...unions }), winners }
}

const linksOf = (on: Reader, ids: readonly number[]): Promise<Link[]> =>
  on
    .select({
      profileId: profiles.id,
      profileGuid: profiles.profileGuid,
      containerId: containers.id,
      container: containers.name,
      customerId: profileCustomers.customerId,
    })
    .from(profileCustomers)
    .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
    .innerJoin(containers, eq(containers.id, profiles.containerId))
    .where(inArray(profileCustomers.customerId, [...ids]))
    .orderBy(profiles.id, profileCustomers.customerId)

/** A customer has at most one profile of a container, so two of one container cannot come together. */
function clashesOf(links: readonly Link[]): Blocker[] {
  const byContainer = Map.groupBy(links, ({ containerId }) => containerId)
  return [...byContainer.values()].flatMap((own) => {
    const [first] = own
    if (!first || new Set(own.map(({ profileId }) => profileId)).size < 2) return []
    const { containerId, container } = first
    const clashing = own.map(({ profileGuid, customerId }) => ({ profileGuid, customerId }))
    return [{ code: 'PROFILE_CLASH' as const, containerId, container, profiles: clashing }]
  })
}

/** A customer that can take part. CUSTOMER_NOT_FOUND for another merchant's, CUSTOMER_ERASED. */
async function partner(ctx: Ctx, on: Reader, id: number): Promise<CustomerRow> {
  const row = await findRow(on, ctx.merchantId, id)
  if (!row) fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
  if (row.lifecycle === 'erased') fail('CUSTOMER_ERASED', { customerId: String(id) })
  return row
}

type Asked = { id: number; duplicateIds: readonly number[]; winners?: Winners }

/** Plans a merge. Throws VALIDATION_ERROR when an id (or whom it leads to) is named twice; CUSTOMER_ARCHIVED. */
export async function planMerge(ctx: Ctx, on: Reader, { id, duplicateIds, winners = {} }: Asked): Promise<Plan> {
  const survivor = await partner(ctx, on, id)
  if (survivor.lifecycle === 'archived') fail('CUSTOMER_ARCHIVED', { customerId: String(id) })
  const rows = [survivor]
  for (const [index, duplicateId] of duplicateIds.entries()) {
    const row = await partner(ctx, on, duplicateId)
    if (rows.some((other) => other.id === row.id))
      invalid(`duplicateIds.${index}`, 'SAME_CUSTOMER', 'must be another customer')
    rows.push(row)
  }
  const links = await linksOf(
    on,
    rows.map((row) => row.id),
  )
  return { survivor, duplicates: rows.slice(1), ...nextOf(rows, winners), links, blockers: clashesOf(links) }
}

export type Moves = { instruments: number; notes: number; transactions: number; tags: number; consents: number }

/** How much of the duplicates the survivor would show. */
export async function movesOf(on: Reader, { duplicates, links }: Plan): Promise<Moves> {
  const ids = duplicates.map(({ id }) => id)
  const families = (await Promise.all(ids.map((id) => familyOf(on, id)))).flat()
  const profileIds = links.filter(({ customerId }) => ids.includes(customerId)).map(({ profileId }) => profileId)
  const count = async (
    table: typeof instruments | typeof customerNotes | typeof transactions,
    where: ReturnType<typeof inArray>,
  ) => (await on.select({ n: countAll() }).from(table).where(where))[0]?.n ?? 0
  return {
    instruments: profileIds.length === 0 ? 0 : await count(instruments, inArray(instruments.profileId, profileIds)),
    notes: await count(customerNotes, inArray(customerNotes.customerId, families)),
    transactions: await count(transactions, inArray(transactions.customerId, families)),
    tags: duplicates.reduce((sum, { tags }) => sum + (tags?.length ?? 0), 0),
    consents: duplicates.reduce((sum, { consents }) => sum + (consents?.length ?? 0), 0),
  }
}
