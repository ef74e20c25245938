// What a caller sees of the personal data that belongs to a profile.
import { type Ctx, can } from '../core/ctx.ts'
import { ageBand, maskEmail, maskName, maskPhone, maskText } from '../core/mask.ts'

type Data = Record<string, string>

const NAMES = new Set(['firstName', 'lastName', 'company'])
const OPEN = new Set(['billingCity', 'billingCountry'])
/** Hidden from people until revealed one by one. */
const SENSITIVE = new Set(['birthDate', 'nationalId'])

function masked(field: string, value: string, now: Date): string {
  if (field === 'birthDate') return ageBand(value, now) ?? maskText(value)
  if (NAMES.has(field)) return maskName(value)
  if (field === 'email') return maskEmail(value)
  if (field === 'billingPhone') return maskPhone(value)
  return OPEN.has(field) ? value : maskText(value)
}

/** The customer data of a profile by the rules that hold for customers. */
export function shownData(ctx: Ctx, data: Data): Data {
  const clear = can(ctx, 'pii:read')
  const person = ctx.actor.type === 'staff'
  const open = (field: string) => clear && !(person && SENSITIVE.has(field))
  const now = ctx.now()
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, open(field) ? value : masked(field, value, now)]),
  )
}
