// `options`: a free object that comes back as it was sent. The custom fields in it are the customer's own, their values
// texts of the core; what else an entry says stays with the object.
import { invalid } from '../../core/errors.ts'
import { jsonEqual } from '../../core/json-patch.ts'
import type { CustomerRow } from '../../customers/rules.ts'
import { isCalendarDate, isEmail } from '../../customers/values.ts'

type Members = Record<string, unknown>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The vendor's documents and its reference call the list differently; both are taken. */
const LISTS = ['custom_fields', 'customer_custom_fields'] as const
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

const isUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '')

/** What a value of each type must be, told where it is not. */
const TYPES: Record<string, { fits: (text: string, entry: Members) => boolean; message: string }> = {
  text: { fits: () => true, message: '' },
  number: { fits: (text) => /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text), message: 'must be a number' },
  boolean: { fits: (text) => /^(true|false|0|1)$/i.test(text), message: 'must be true or false' },
  date: { fits: isCalendarDate, message: 'must be a calendar date, YYYY-MM-DD' },
  email: { fits: isEmail, message: 'must be an e-mail address' },
  url: { fits: isUrl, message: 'must be a web address' },
  select: {
    fits: (text, { choices }) => Array.isArray(choices) && choices.map(String).includes(text),
    message: 'must be one of its choices',
  },
}

type Entry = Members & { name: string; type: string }

function textOf(value: unknown, path: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return invalid(path, 'TYPE_INVALID', 'must be a text, a number, true or false')
}

function nameOf(name: unknown, path: string): string {
  if (typeof name !== 'string' || name.trim() === '') return invalid(`${path}.name`, 'REQUIRED', 'is required')
  if (name.length > 100) return invalid(`${path}.name`, 'TOO_LONG', 'must be at most 100 characters')
  return FORBIDDEN.has(name) ? invalid(`${path}.name`, 'VALUE_UNKNOWN', 'is not allowed') : name
}

/** One entry and its value; the entry is kept with null in the value's place. */
function parseEntry(given: unknown, path: string): { entry: Entry; value: string | null } {
  if (!isMembers(given)) return invalid(path, 'TYPE_INVALID', 'must be an object')
  const name = nameOf(given.name, path)
  const type = given.type === undefined || given.type === null ? 'text' : String(given.type)
  const rule = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (!rule) return invalid(`${path}.type`, 'VALUE_UNKNOWN', `must be one of ${Object.keys(TYPES).join(', ')}`)
  const value = textOf(given.value, `${path}.value`)
  if (value && !rule.fits(value, given)) invalid(`${path}.value`, 'FORMAT_INVALID', rule.message)
  return { entry: { ...given, name, type, value: null }, value }
}

/** A map `{name: {type, value}}` or `{name: value}` as the list that it stands for. */
function listOf(given: unknown, path: string): unknown[] {
  if (Array.isArray(given)) return given
  if (!isMembers(given)) return invalid(path, 'TYPE_INVALID', 'must be a list or an object')
  return Object.entries(given).map(([name, value]) => (isMembers(value) ? { ...value, name } : { name, value }))
}

export type ParsedOptions = { options: Members | null; customFields: Record<string, string> }

/** What is kept of `options`; `""`, null and `{}` are none. Throws a validation error with the place. */
export function parseOptions(given: unknown): ParsedOptions {
  if (given === null || given === '') return { options: null, customFields: {} }
  if (!isMembers(given)) return invalid('options', 'TYPE_INVALID', 'must be an object')
  const sent = LISTS.filter((list) => given[list] !== undefined && given[list] !== null && given[list] !== '')
  const [first, second] = sent
  if (first === undefined) return { options: Object.keys(given).length > 0 ? given : null, customFields: {} }
  if (second !== undefined && !jsonEqual(given[first], given[second])) {
    invalid(`options.${first}`, 'DIFFERENT', `must equal ${second}`)
  }
  const path = `options.${first}`
  const parsed = listOf(given[first], path).map((entry, index) => parseEntry(entry, `${path}.${index}`))
  const names = new Set(parsed.map(({ entry }) => entry.name))
  if (names.size < parsed.length) invalid(path, 'REPEATED', 'must name each field once')
  const entries = parsed.map(({ entry }) => entry)
  const values = parsed.flatMap(({ entry, value }) => (value ? [[entry.name, value] as const] : []))
  const lists = Object.fromEntries(sent.map((list) => [list, entries]))
  return { options: { ...given, ...lists }, customFields: Object.fromEntries(values) }
}

/** The object with the values that the customer has now, also those that were written through another API. */
export function renderOptions({
  options,
  customFields,
}: Pick<CustomerRow, 'options' | 'customFields'>): Members | null {
  const values = customFields ?? {}
  const kept = options ?? {}
  const written = LISTS.filter((list) => Array.isArray(kept[list]))
  const entries = ((written[0] && kept[written[0]]) ?? []) as Entry[]
  const known = new Set(entries.map(({ name }) => name))
  const more = Object.entries(values).filter(([name]) => !known.has(name))
  const list = [
    ...entries.map((entry) => ({ ...entry, value: Object.hasOwn(values, entry.name) ? values[entry.name] : null })),
    ...more.map(([name, value]) => ({ name, type: 'text', value })),
  ]
  if (list.length === 0 && written.length === 0) return options
  const under = written.length > 0 ? written : LISTS
  return { ...kept, ...Object.fromEntries(under.map((name) => [name, list])) }
}
