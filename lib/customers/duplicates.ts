// Who may be the same person: found by index only, explained in words, never merged silently.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Reader, statement } from '#db/client'
import { customers } from '#db/schema'
import type { CustomerColumns } from './rules.ts'

export type Candidate = { id: number; customerId: string; score: number; reasons: string[] }

const MAX_CANDIDATES = 10

type Likeness = Pick<CustomerColumns, 'emailFolded' | 'phoneE164' | 'memberId' | 'sortName'>

function reasonsOf(a: Likeness, b: Likeness): { score: number; reason: string }[] {
  const sameName = a.sortName === b.sortName
  const found = [
    a.memberId && a.memberId === b.memberId && { score: 0.95, reason: 'same_member_id' },
    a.emailFolded && a.emailFolded === b.emailFolded && { score: 0.9, reason: 'same_email' },
    a.phoneE164 &&
      a.phoneE164 === b.phoneE164 &&
      (sameName ? { score: 0.85, reason: 'same_phone_and_name' } : { score: 0.6, reason: 'same_phone' }),
  ]
  return found.filter((reason) => typeof reason === 'object' && reason !== null)
}

// One prepared look-up per key: an OR over three indexes would scan the merchant.
const KEYS = ['emailFolded', 'phoneE164', 'memberId'] as const
const lookUp = (on: Reader, key: (typeof KEYS)[number]) =>
  statement(on, `customer_by_${key}`, (reader) =>
    reader
      .select({ id: customers.id })
      .from(customers)
      .where(
        and(
          eq(customers.merchantId, sql.placeholder('merchantId')),
          eq(customers[key], sql.placeholder('value')),
          eq(customers.lifecycle, 'current'),
        ),
      )
      .limit(MAX_CANDIDATES),
  )

/** Current customers of the merchant that share the e-mail, the phone or the member id, likeliest first. */
export async function duplicatesOf(
  on: Reader,
  merchantId: number,
  row: Likeness,
  except?: number,
): Promise<Candidate[]> {
  const ids = new Set<number>()
  for (const key of KEYS) {
    if (!row[key]) continue
    for (const { id } of await lookUp(on, key).execute({ merchantId, value: row[key] })) if (id !== except) ids.add(id)
  }
  if (ids.size === 0) return []
  const rows = await on
    .select()
    .from(customers)
    .where(inArray(customers.id, [...ids]))
  return rows
    .map((other) => {
      const reasons = reasonsOf(row, other)
      const score = Math.max(...reasons.map((reason) => reason.score))
      return { id: other.id, customerId: other.customerId, score, reasons: reasons.map(({ reason }) => reason) }
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, MAX_CANDIDATES)
}
