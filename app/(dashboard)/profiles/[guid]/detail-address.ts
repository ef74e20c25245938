// A profile's state in its address; broken values fall back.
import { z } from 'zod'

export const TABS = ['data', 'instruments', 'customers', 'transactions'] as const
export type Tab = (typeof TABS)[number]

export const TAB_WORDS: Record<Tab, string> = {
  data: 'Profile data',
  instruments: 'Instruments',
  customers: 'Linked customers',
  transactions: 'Transactions',
}

const DetailAddress = z.object({
  tab: z.enum(TABS).catch('data'),
  /** The instrument that is looked at. */
  peek: z.coerce.number().int().positive().optional().catch(undefined),
  /** `edit` and `remove` are about the instrument of `peek`. */
  panel: z.enum(['edit', 'remove', 'link', 'delete']).optional().catch(undefined),
})
export type DetailAddress = z.infer<typeof DetailAddress>

type Params = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>

export const detailAddress = (params: Params): DetailAddress =>
  DetailAddress.parse(params instanceof URLSearchParams ? Object.fromEntries(params) : params)
