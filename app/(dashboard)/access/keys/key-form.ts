// What is typed about a key, and what the server is told.
import { z } from 'zod'
import { Network } from '#lib/access/schema'
import type { ApiKey } from '../reads.ts'
import { PRESETS } from './scope-presets.ts'

const DAY_MS = 86_400_000
const DAYS: Readonly<Record<string, number>> = { '30': 30, '90': 90, '365': 365 }
/** `keep` is for a key that exists, `on` takes the day beside it. */
export const EXPIRIES = ['keep', 'never', '30', '90', '365', 'on'] as const

export const Networks = z.string().transform((text, check) => {
  const found = [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
  const wrong = found.find((each) => !Network.safeParse(each).success)
  if (wrong)
    check.addIssue({ code: 'custom', message: `“${wrong}” is not an IP address or a network such as 203.0.113.0/24.` })
  if (found.length > 50) check.addIssue({ code: 'custom', message: 'Allow at most 50 networks.' })
  return found
})

const fields = {
  name: z.string().trim().min(1, 'Type a name.').max(100, 'A name has at most 100 characters.'),
  networks: Networks,
  expires: z.enum(EXPIRIES),
  day: z.string(),
  compatStatus200: z.boolean(),
}

type Expiry = { expires: (typeof EXPIRIES)[number]; day: string }

const dayMissing = ({ expires, day }: Expiry): boolean => expires === 'on' && !(endOf(day) > Date.now())
const dayRule = { path: ['day'], message: 'Choose a day that lies ahead.' }

export const NewKeyForm = z
  .object({ ...fields, preset: z.enum(PRESETS), scopes: z.array(z.string()).min(1, 'Choose at least one scope.') })
  .refine((form) => !dayMissing(form), dayRule)
export const EditKeyForm = z.object(fields).refine((form) => !dayMissing(form), dayRule)

/** The end of a UTC day in milliseconds; NaN for no day. */
const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999Z`)

/** The moment a key ends: undefined keeps what is, null never. */
export function expiresAt({ expires, day }: Expiry, now: Date): string | null | undefined {
  if (expires === 'keep') return undefined
  if (expires === 'never') return null
  const at = expires === 'on' ? endOf(day) : now.getTime() + (DAYS[expires] ?? 0) * DAY_MS
  return new Date(at).toISOString()
}

/** What the form about an existing key starts with. */
export const editForm = (key: ApiKey): z.input<typeof EditKeyForm> => ({
  name: key.name,
  networks: key.networks.join('\n'),
  expires: 'keep',
  day: '',
  compatStatus200: key.compatStatus200,
})
