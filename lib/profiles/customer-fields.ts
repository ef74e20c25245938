// What a profile's customer data says of a customer, in the customer's own words. Pure.
import type { CustomerFields } from '../customers/schema.ts'
import type { CustomerDataPatch } from './schema.ts'

const PLAIN = ['firstName', 'lastName', 'company', 'email', 'gender', 'nationalId'] as const
const RENAMED = { phone: 'billingPhone', dateOfBirth: 'birthDate' } as const
const ADDRESS = {
  street: 'billingAddress1',
  street2: 'billingAddress2',
  city: 'billingCity',
  zipCode: 'billingPostcode',
  state: 'billingState',
  country: 'billingCountry',
} as const

type Pairs = [string, string | null | undefined][]
const given = (pairs: Pairs) => Object.fromEntries(pairs.filter(([, value]) => value !== undefined))

/** Only what `data` names; null clears. */
export function customerFieldsOf(data: CustomerDataPatch): CustomerFields {
  const plain: Pairs = PLAIN.map((name) => [name, data[name]])
  const renamed: Pairs = Object.entries(RENAMED).map(([name, from]) => [name, data[from]])
  const address = given(Object.entries(ADDRESS).map(([part, from]) => [part, data[from]]))
  return { ...given([...plain, ...renamed]), ...(Object.keys(address).length > 0 && { billingAddress: address }) }
}
