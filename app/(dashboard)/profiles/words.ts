// The payment API's customer data in words, in the order in which people read it.
export const DATA_WORDS = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  email: 'E-mail',
  billingPhone: 'Phone',
  birthDate: 'Date of birth',
  gender: 'Gender',
  billingAddress1: 'Address',
  billingAddress2: 'Address, line 2',
  billingPostcode: 'Postcode',
  billingCity: 'City',
  billingState: 'State',
  billingCountry: 'Country',
  nationalId: 'National id',
  ipAddress: 'IP address',
} as const

export type DataField = keyof typeof DATA_WORDS
export const DATA_FIELDS = Object.keys(DATA_WORDS) as DataField[]
