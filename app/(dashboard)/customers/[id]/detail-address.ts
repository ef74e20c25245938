// A record's state in its address; broken values fall back.
import { z } from 'zod'

export const TABS = ['overview', 'instruments', 'transactions', 'activity', 'audit'] as const
export type Tab = (typeof TABS)[number]

export const TAB_WORDS: Record<Tab, string> = {
  overview: 'Overview',
  instruments: 'Instruments',
  transactions: 'Transactions',
  activity: 'Activity',
  audit: 'Audit',
}

/** Changes shown on the first tab. */
export const RECENT = 5

const DetailAddress = z.object({
  tab: z.enum(TABS).catch('overview'),
  panel: z.enum(['edit']).optional().catch(undefined),
  /** The field of the form to start in. */
  field: z
    .string()
    .regex(/^[a-zA-Z.]{1,40}$/)
    .optional()
    .catch(undefined),
  reads: z.enum(['1']).optional().catch(undefined),
})
export type DetailAddress = z.infer<typeof DetailAddress>

type Params = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>

export const detailAddress = (params: Params): DetailAddress =>
  DetailAddress.parse(params instanceof URLSearchParams ? Object.fromEntries(params) : params)
