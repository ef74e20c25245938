// Brings the customers of the Chinook sample database in through the API, as an integration would:
// node scripts/import-chinook.ts --url http://127.0.0.1:3000 --key ck_… --file e2e/fixtures/chinook-customers.csv
// It says how many were created and which rows were refused, and never prints a person's data or the key.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import countries from 'i18n-iso-countries'

export type ChinookRow = Record<
  | 'CustomerId'
  | 'FirstName'
  | 'LastName'
  | 'Company'
  | 'Address'
  | 'City'
  | 'State'
  | 'Country'
  | 'PostalCode'
  | 'Phone'
  | 'Fax'
  | 'Email'
  | 'SupportRepId',
  string
>

const MAX_PHONE = 20

/** Blank members are left out: the API takes an absent one for unknown and an empty one for a value. */
const known = <T extends Record<string, unknown>>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== '' && value !== undefined)) as Partial<T>

/** The number with nothing but digits, `+ ( ) - . /` and single spaces; if still too long, its digits alone. */
export function acceptedPhone(text: string): string {
  const plain = text
    .replace(/[^\d+().\-/\s]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length <= MAX_PHONE ? plain : plain.replace(/(?!^\+)\D/g, '')
}

/** The alpha-2 code of an English country name. Throws for a name that no country has. */
export function countryCode(name: string): string | undefined {
  if (name === '') return undefined
  const code = countries.getAlpha2Code(name, 'en')
  if (!code) throw new Error('unknown country name')
  return code
}

/** A row as the body of `POST /api/customers`. */
export function customerOf(row: ChinookRow) {
  const { FirstName: firstName, LastName: lastName, Company: company, Email: email } = row
  const address = known({
    street: row.Address,
    city: row.City,
    state: row.State,
    zipCode: row.PostalCode,
    country: countryCode(row.Country),
  })
  return known({
    name: `${firstName} ${lastName}`.trim(),
    firstName,
    lastName,
    company,
    email,
    phone: acceptedPhone(row.Phone),
    memberId: `chinook-${row.CustomerId}`,
    billingAddress: Object.keys(address).length > 0 ? address : undefined,
    customFields: known({ fax: row.Fax, supportRep: row.SupportRepId }),
  })
}

export const readRows = (file: string): ChinookRow[] =>
  parse(readFileSync(file), { columns: true, bom: true, trim: true })

type Target = { url: string; key: string }

/** Creates one customer; answers what was refused, in words without personal data, or nothing. */
async function send({ url, key }: Target, row: ChinookRow): Promise<string | undefined> {
  const body = JSON.stringify(customerOf(row))
  // The same file sent again within a day creates nobody twice.
  const headers = {
    'content-type': 'application/json',
    'x-api-key': key,
    'idempotency-key': `chinook-customer-${row.CustomerId}`,
  }
  const answer = await fetch(new URL('/api/customers', url), { method: 'POST', headers, body })
  if (answer.ok) return undefined
  const { error, errors = {} } = (await answer.json()) as {
    error?: { code?: string }
    errors?: Record<string, unknown>
  }
  return `${answer.status} ${error?.code ?? ''} ${Object.keys(errors).join(' ')}`.trim()
}

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { url: text, key: text, file: text } })
  const { url = 'http://127.0.0.1:3000', key, file } = values
  if (!key || !file)
    throw new Error('Usage: node scripts/import-chinook.ts --url <address> --key <API key> --file <CSV file>')
  let created = 0
  for (const [index, row] of readRows(file).entries()) {
    const refused = await send({ url, key }, row).catch((err: Error) => err.message)
    if (refused === undefined) created++
    else process.stderr.write(`row ${index + 2}: ${refused}\n`)
    if (refused !== undefined) process.exitCode = 1
  }
  process.stdout.write(`${created} created\n`)
}

if (process.argv[1] === import.meta.filename) await run()
