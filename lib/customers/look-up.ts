// Small questions of the screens about a customer: who is alike, what changed since, how much hangs on it.
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { containers, customers, merchants, profileCustomers, profiles } from '#db/schema'
import { visibleContainers } from '../containers/visible.ts'
import { can } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { fold, foldEmail } from '../core/text.ts'
import { query, type Read } from '../core/verb.ts'
import { type Candidate, duplicatesOf } from './duplicates.ts'
import { shown } from './mask.ts'
import { e164 } from './phone.ts'
import { type HistoryEntry, listHistory } from './queries.ts'
import { findRow } from './rows.ts'

export type NamedCandidate = Candidate & { name: string; email: string | null }
export type Duplicates = { policy: 'allow' | 'warn' | 'reject'; candidates: NamedCandidate[] }

const part = z.string().max(500)
export const DuplicateQuestion = z.strictObject({
  name: part.default(''),
  email: part.default(''),
  phone: part.default(''),
  memberId: part.default(''),
  country: z.string().max(2).default(''),
  /** The customer being edited is not its own double. */
  except: z.number().int().optional(),
})

async function named(read: Read, candidates: readonly Candidate[]): Promise<NamedCandidate[]> {
  if (candidates.length === 0) return []
  const rows = await read.reader
    .select()
    .from(customers)
    .where(
      inArray(
        customers.id,
        candidates.map(({ id }) => id),
      ),
    )
  const byId = new Map(rows.map((row) => [row.id, shown(read, row)]))
  return candidates.flatMap((candidate) => {
    const row = byId.get(candidate.id)
    return row ? [{ ...candidate, name: row.name, email: row.email }] : []
  })
}

/** Who else may be the person just typed, and what the merchant wants done about it. `allow` looks for nobody. */
export const findDuplicates = query('customers:write', DuplicateQuestion, async (read, asked): Promise<Duplicates> => {
  const own = eq(merchants.id, read.merchantId)
  const [merchant] = await read.reader.select({ policy: merchants.duplicatePolicy }).from(merchants).where(own)
  const policy = merchant?.policy ?? 'warn'
  if (policy === 'allow') return { policy, candidates: [] }
  const likeness = {
    emailFolded: asked.email.trim() ? foldEmail(asked.email.trim()) : null,
    phoneE164: asked.phone.trim() ? (e164(asked.phone.trim(), asked.country || undefined) ?? null) : null,
    memberId: asked.memberId.trim() || null,
    sortName: fold(asked.name.trim()),
  }
  return {
    policy,
    candidates: await named(read, await duplicatesOf(read.reader, read.merchantId, likeness, asked.except)),
  }
})

/** Other customers that share an identity with a stored one. */
export const findDuplicatesOf = query(
  'customers:read',
  z.strictObject({ id: z.number().int() }),
  async (read, { id }) => {
    const row = await findRow(read.reader, read.merchantId, id)
    if (!row) fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
    return named(read, await duplicatesOf(read.reader, read.merchantId, row, row.id))
  },
)

export type ChangesSince = { version: number; updatedAt: Date; changes: HistoryEntry[] }

const Since = z.strictObject({ id: z.number().int(), version: z.number().int() })
const MAX_CHANGES = 100

/** What happened to a customer after the version that somebody has on the screen, newest first; masked like the history. */
export const listChangesSince = query('customers:read', Since, async (read, { id, version }): Promise<ChangesSince> => {
  const row = await findRow(read.reader, read.merchantId, id)
  if (!row) fail('CUSTOMER_NOT_FOUND', { customerId: String(id) })
  const { updatedAt } = row
  if (row.version <= version) return { version: row.version, updatedAt, changes: [] }
  const entries = await listHistory(read, { id, changesOnly: true, limit: MAX_CHANGES })
  const own = entries.filter(({ objectType, action }) => objectType === 'customer' && action.startsWith('customer.'))
  return { version: row.version, updatedAt, changes: own.slice(0, row.version - version) }
})

export type CustomerProfile = { profileGuid: string; containerId: number; container: string }

const OfCustomer = z.strictObject({ customerId: z.number().int() })

/** The customer's payment identity in each container that the caller's merchant sees. */
export const listCustomerProfiles = query(
  'customers:read',
  OfCustomer,
  async (read, { customerId }): Promise<CustomerProfile[]> => {
    if (!can(read, 'profiles:read')) return []
    const visible = await visibleContainers(read)
    const customer = await findRow(read.reader, read.merchantId, customerId)
    if (visible.length === 0 || !customer) return []
    return read.reader
      .select({ profileGuid: profiles.profileGuid, containerId: containers.id, container: containers.name })
      .from(profileCustomers)
      .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
      .innerJoin(containers, eq(containers.id, profiles.containerId))
      .where(
        and(
          eq(profileCustomers.customerId, customer.id),
          eq(profileCustomers.merchantId, read.merchantId),
          inArray(profiles.containerId, visible),
        ),
      )
      .orderBy(containers.name)
  },
)
