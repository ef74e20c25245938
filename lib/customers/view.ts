// The customer as the dashboard gets it: the row without the columns that only serve searching.
import type { Json } from '../core/json.ts'
import { plain } from '../core/json.ts'
import { addressText } from './address.ts'
import { type CustomerRow, completenessOf } from './rules.ts'

type Inner = 'search' | 'sortName' | 'emailFolded' | 'phoneE164' | 'merchantId' | 'userId' | 'options'
export type CustomerView = Json<Omit<CustomerRow, Inner>> & { addressText: string | null; missing: string[] }

export function customerView(row: CustomerRow): CustomerView {
  const { search, sortName, emailFolded, phoneE164, merchantId, userId, options, ...own } = row
  return plain({
    ...own,
    addressText: addressText(row.billingAddress) || null,
    missing: completenessOf(row).missing,
  })
}
