// A customer as JSON text. Rows are shared objects that never change, so each is rendered once and its text remembered;
// a page of fifty is fifty remembered texts joined.
import type { CustomerRow } from '../../customers/rules.ts'
import type { Owner } from '../../merchants/own.ts'
import { toClient } from './map.ts'
import type { Client } from './wire.ts'

type Rendered = { owner: Owner | null; text: string }
const whole = new WeakMap<CustomerRow, Rendered>()

/** The whole customer. */
export function clientText(row: CustomerRow, owner: Owner | null): string {
  const known = whole.get(row)
  if (known && known.owner === owner) return known.text
  const text = JSON.stringify(toClient(row, owner))
  whole.set(row, { owner, text })
  return text
}

const sparse = new WeakMap<CustomerRow, Rendered & { fields: string }>()

/** Only the members that `fields` names, in the order of the whole object. */
export function sparseText(row: CustomerRow, owner: Owner | null, fields: ReadonlySet<string>): string {
  const wanted = [...fields].join(',')
  const known = sparse.get(row)
  if (known && known.fields === wanted && known.owner === owner) return known.text
  const client: Partial<Client> = toClient(row, owner)
  const text = JSON.stringify(Object.fromEntries(Object.entries(client).filter(([name]) => fields.has(name))))
  sparse.set(row, { fields: wanted, owner, text })
  return text
}

/** The text of an object with further members at its end; `members` are name and JSON text. */
export function withMembers(text: string, members: Record<string, string>): string {
  const more = Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}:${value}`)
  if (more.length === 0) return text
  return text === '{}' ? `{${more.join(',')}}` : `${text.slice(0, -1)},${more.join(',')}}`
}
