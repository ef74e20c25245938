// The customer that is surely meant by what somebody sends: found by one of a few exact combinations, else created.
import { and, asc, eq, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { jsonText } from '#db/kit'
import { customers, merchants } from '#db/schema'
import { can } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { isUuid } from '../core/ids.ts'
import { recordRead, unchanged } from '../core/record.ts'
import { foldEmail } from '../core/text.ts'
import { command } from '../core/verb.ts'
import { createCustomer } from './commands.ts'
import { shown } from './mask.ts'
import type { CustomerRow } from './rules.ts'
import { CustomerFields } from './schema.ts'

const WantedCustomer = z.strictObject({
  fields: CustomerFields,
  /** The UUID of the customer, where it is known. */
  customerId: z.string().max(40).optional(),
})
type Fields = z.output<typeof CustomerFields>

/** All of these columns equal these values; undefined when one of the values is not there. */
function all(pairs: readonly [SQL | Parameters<typeof eq>[0], string | null | undefined][]): SQL | undefined {
  if (pairs.some(([, value]) => !value)) return undefined
  return and(...pairs.map(([column, value]) => eq(column as Parameters<typeof eq>[0], value)))
}

/** Any one of the combinations that the vendor's own client library matches by. */
function sameAs({ fields, customerId }: z.output<typeof WantedCustomer>): SQL | undefined {
  const { email, company, phone, firstName, lastName } = fields
  const address = typeof fields.billingAddress === 'object' ? fields.billingAddress : null
  const part = (name: string) => jsonText(customers.billingAddress, name)
  const street = [part('street'), address?.street] as const
  const groups = [
    all([[customers.customerId, customerId && isUuid(customerId) ? customerId.toLowerCase() : undefined]]),
    all([[customers.emailFolded, email && foldEmail(email)]]),
    all([[customers.company, company], [...street], [part('city'), address?.city]]),
    all([
      [customers.firstName, firstName],
      [customers.phone, phone],
    ]),
    all([
      [customers.firstName, firstName],
      [customers.lastName, lastName],
      [...street],
      [part('zipCode'), address?.zipCode],
    ]),
    all([
      [customers.lastName, lastName],
      [customers.phone, phone],
    ]),
  ]
  return or(...groups)
}

/** The oldest current customer that matches, as it is, or else a new one. */
export const findOrCreateCustomer = command(
  'customers:write',
  WantedCustomer,
  async (tx, wanted): Promise<{ customer: CustomerRow; created: boolean }> => {
    if (!can(tx, 'customers:read')) fail('PERMISSION_MISSING', { permission: 'customers:read' })
    // Two that ask for the same person at once wait for each other here, so that only the first creates.
    await tx.writer
      .update(merchants)
      .set({ version: sql`${merchants.version}` })
      .where(eq(merchants.id, tx.merchantId))
    const same = sameAs(wanted)
    const [found] = same
      ? await tx.writer
          .select()
          .from(customers)
          .where(and(eq(customers.merchantId, tx.merchantId), eq(customers.lifecycle, 'current'), same))
          .orderBy(asc(customers.id))
          .limit(1)
      : []
    if (found) {
      unchanged(tx)
      recordRead(tx, 'customer.read', { objectType: 'customer', objectId: found.id })
      return { customer: shown(tx, found), created: false }
    }
    const fields: Fields = wanted.fields
    const { customer } = await createCustomer(tx, { ...fields, duplicates: 'allow' })
    return { customer: shown(tx, customer), created: true }
  },
)
