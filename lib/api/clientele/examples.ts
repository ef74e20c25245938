// Examples of the OpenAPI document. The tests send the requests and parse the answers by their schemas.
export const CUSTOMER_EXAMPLE = {
  id: 48213,
  customerId: '5b0e6a52-0f0e-4a53-9e5c-0f5f2f1f7a10',
  ownerId: 2,
  ownerName: 'Harbor Books',
  userId: null,
  name: 'Mara Lindqvist',
  email: 'mara@example.com',
  address: 'Skeppsbron 4, Stockholm, 111 30, SE',
  phone: '+4687001122',
  memberId: 'M-204',
  hasPaymentRequests: false,
  totalDeposits: 0,
  createDate: '2026-11-20T09:12:44.120Z',
  firstName: 'Mara',
  lastName: 'Lindqvist',
  company: null,
  gender: null,
  dateOfBirth: null,
  nationalId: null,
  taxId: null,
  description: null,
  reference: null,
  ccEmails: [],
  ccPhones: [],
  billingAddress: {
    street: 'Skeppsbron 4',
    street2: null,
    city: 'Stockholm',
    state: null,
    region: null,
    zipCode: '111 30',
    country: 'SE',
  },
  shippingAddress: null,
  country: 'SE',
  region: null,
  currency: 'SEK',
  language: null,
  preferences: { currency: 'SEK', notifications: true },
  status: 'active',
  verificationStatus: 'unverified',
  subscription: { level: 'gold' },
  customFields: { tier: 'gold' },
  tags: ['vip'],
  consents: [],
  profileGuid: null,
  completeness: 50,
  totals: [],
  version: 1,
  updateDate: '2026-11-20T09:12:44.120Z',
  archivedAt: null,
}

export const NEW_CUSTOMER_EXAMPLES = {
  minimal: { summary: 'What is required', value: { name: 'Mara Lindqvist', email: 'mara@example.com' } },
  vendor: {
    summary: 'The members of the vendor',
    value: {
      name: 'Mara Lindqvist',
      email: 'mara@example.com',
      address: 'Skeppsbron 4, 111 30 Stockholm',
      phone: '+4687001122',
      memberId: 'M-204',
    },
  },
  whole: {
    summary: 'With the documented extras',
    value: {
      firstName: 'Mara',
      lastName: 'Lindqvist',
      name: 'Mara Lindqvist',
      email: 'mara@example.com',
      phone: '+4687001122',
      address: { street: 'Skeppsbron 4', city: 'Stockholm', zipCode: '111 30', country: 'SE' },
      preferences: { currency: 'SEK', notifications: true, paymentMethod: 'card' },
      subscription: { level: 'gold' },
      customFields: { tier: 'gold' },
      tags: ['vip'],
    },
  },
}

export const CUSTOMER_EXAMPLES = {
  partial: {
    summary: 'Partial update',
    value: {
      email: 'newemail@example.com',
      phone: '+1234567890',
      preferences: { currency: 'USD', notifications: true },
    },
  },
  address: {
    summary: 'Address as an object',
    value: { address: { street: '8 Pier Road', city: 'Orlando', state: 'FL', zipCode: '32801', country: 'US' } },
  },
  clear: { summary: 'null clears', value: { phone: null, memberId: null } },
}

export const PATCH_EXAMPLE = {
  summary: 'RFC 6902',
  value: [
    { op: 'test', path: '/status', value: 'active' },
    { op: 'replace', path: '/status', value: 'suspended' },
    { op: 'add', path: '/tags/-', value: 'late' },
  ],
}
