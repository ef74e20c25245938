// A transaction's state in its address; broken values fall back.
import { z } from 'zod'

const DetailAddress = z.object({
  panel: z.enum(['capture', 'increment', 'refund', 'void']).optional().catch(undefined),
})
export type Panel = NonNullable<z.infer<typeof DetailAddress>['panel']>

export const detailAddress = (params: URLSearchParams) => DetailAddress.parse(Object.fromEntries(params))
