// Which member of a meta-connector executes a payment. Pure.
import type { InstrumentType } from '../instruments/schema.ts'

/** A member with its conditions; one that is null fits everything. */
export type Member = {
  memberId: number
  method: InstrumentType | null
  brand: string | null
  currency: string | null
  weight: number
}

/** What is to be paid; `createdBy` is the connector that stored the instrument, if it is stored. */
export type Wish = {
  method: InstrumentType
  brand: string | null
  currency: string | null
  createdBy: number | undefined
}

const fits = (member: Member, { method, brand, currency }: Wish): boolean =>
  (member.method === null || member.method === method) &&
  (member.brand === null || member.brand === brand) &&
  (member.currency === null || currency === null || member.currency === currency)

/**
 * A stored instrument goes to the member that created it and to no other; a new one to a member whose conditions fit,
 * in proportion to the weights. `pick` is a number in [0, 1). Undefined when none fits.
 */
export function chooseMember(members: readonly Member[], wish: Wish, pick: number): number | undefined {
  if (wish.createdBy !== undefined) return members.find(({ memberId }) => memberId === wish.createdBy)?.memberId
  const fitting = members.filter((member) => fits(member, wish))
  let left = pick * fitting.reduce((sum, { weight }) => sum + weight, 0)
  return fitting.find(({ weight }) => (left -= weight) < 0)?.memberId
}
