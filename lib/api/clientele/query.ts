// The query string of lists, and the same parameters as JSON. Unknown ones are refused by name.
import type { z } from '@hono/zod-openapi'
import { fail } from '../../core/errors.ts'
import { problems } from '../../core/verb.ts'
import { CustomerSearch } from '../../customers/schema.ts'
import { isCalendarDate } from '../../customers/values.ts'
import { badParameter } from '../problem.ts'
import type { OpenCall } from './route.ts'
import { CLIENT_MEMBERS } from './wire.ts'

/** One parameter: its text, and its parts where commas join alternatives. */
type Parameter = { text: string; list: string[] }
export type Parameters = ReadonlyMap<string, Parameter>

/** The parameters of the address. One that comes twice is refused: which of them counts would be a guess. */
export function parametersOf(call: OpenCall): Parameters {
  const found = new Map<string, Parameter>()
  for (const [name, text] of new URLSearchParams(call.search)) {
    if (found.has(name)) badParameter(name, 'must not come twice; join alternatives by commas')
    refuseNul(name, text)
    found.set(name, { text, list: text.split(',') })
  }
  return found
}

/** No database stores NUL, and one of ours does not even take it as something to look for. */
function refuseNul(name: string, text: string): void {
  if (text.includes('\0') || name.includes('\0')) badParameter(name, 'must not contain NUL')
}

const scalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** The parameters of a JSON body: lists as arrays or comma texts, `createDate: {gte}` and `customField: {tier}` as objects. */
export function parametersOfBody(body: unknown): Parameters {
  const found = new Map<string, Parameter>()
  const put = (name: string, value: unknown): void => {
    if (scalar(value)) return void found.set(name, { text: String(value), list: String(value).split(',') })
    const list = Array.isArray(value) && value.every(scalar) ? value.map(String) : undefined
    if (list) found.set(name, { text: list.join(','), list })
    else bodyProblem(name, 'TYPE_INVALID', 'must be a text or a list of texts')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return bodyProblem('', 'TYPE_INVALID', 'must be an object')
  for (const [name, value] of Object.entries(body)) {
    if (value === null || value === undefined) continue
    if (typeof value !== 'object' || Array.isArray(value)) put(name, value)
    else
      for (const [inner, part] of Object.entries(value))
        put(name === 'customField' ? `${name}.${inner}` : `${name}[${inner}]`, part)
  }
  for (const [name, { text }] of found) refuseNul(name, text)
  return found
}

const bodyProblem = (path: string, code: string, message: string): never =>
  fail('VALIDATION_ERROR', { fields: [{ path, code, message }] })

/** Refuses names outside `known`. */
export function refuseUnknown(parameters: Parameters, known: ReadonlySet<string>): void {
  for (const name of parameters.keys()) if (!known.has(name)) badParameter(name, 'is not a known parameter')
}

const NOTHING: ReadonlySet<string> = new Set()
/** For routes without parameters. */
export function refuseParameters(call: OpenCall): void {
  if (call.search !== '') refuseUnknown(parametersOf(call), NOTHING)
}

export function limitOf(parameters: Parameters): number | undefined {
  const given = parameters.get('limit')?.text
  if (given === undefined) return undefined
  const limit = /^\d{1,3}$/.test(given) ? Number(given) : 0
  return limit >= 1 && limit <= 100 ? limit : badParameter('limit', 'must be a whole number from 1 to 100')
}

export function totalWanted(parameters: Parameters): boolean {
  const given = parameters.get('include')
  if (given && given.text !== 'total') badParameter('include', 'must be total')
  return given !== undefined
}

export function booleanOf(parameters: Parameters, name: string): boolean | undefined {
  const given = parameters.get(name)?.text
  if (given === undefined) return undefined
  return given === 'true' || given === 'false' ? given === 'true' : badParameter(name, 'must be true or false')
}

/** A decimal id of a filter. */
export function idsOf(parameters: Parameters, name: string): number[] | undefined {
  return parameters.get(name)?.list.map((text) => {
    const id = /^\d{1,15}$/.test(text) ? Number(text) : 0
    return id > 0 ? id : badParameter(name, 'must be an id')
  })
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** A date or an instant as it was written. */
export function dateOf(name: string, text: string): string {
  const valid = DATE.test(text) && isCalendarDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
  return valid ? text : badParameter(name, 'must be a date such as 2026-01-31')
}

/** Parses by the core's own schema; its first fault is told as one of the parameter. */
export function parseParameters<S extends z.ZodType>(schema: S, input: z.input<S>): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [fault] = problems(parsed.error)
  const [name = '', place, ...rest] = fault?.path.split('.') ?? []
  const shown =
    name === 'customField'
      ? `customField.${[place, ...rest].filter((part) => !/^\d+$/.test(part ?? '')).join('.')}`
      : name
  return badParameter(shown, fault?.message ?? 'is not valid')
}

// ---- customers -------------------------------------------------------------------------------------------------------
const LISTS = [
  'status',
  'verificationStatus',
  'lifecycle',
  'country',
  'city',
  'currency',
  'language',
  'tag',
  'memberId',
  'email',
  'phone',
] as const
const TIMES = ['createDate', 'updateDate'] as const
const OPERATORS = new Set(['gte', 'gt', 'lte', 'lt', 'ne', 'null'])
const EXPANSIONS = ['instruments', 'profile', 'owner'] as const
export type Expansion = (typeof EXPANSIONS)[number]

const PLAIN: ReadonlySet<string> = new Set([
  ...LISTS,
  'q',
  'sort',
  'limit',
  'cursor',
  'include',
  'fields',
  'expand',
  'hasInstrument',
])

/** Which members an answer shows, and what is added to it. */
export type Shape = { fields: ReadonlySet<string> | undefined; expand: ReadonlySet<Expansion> }
export const WHOLE: Shape = { fields: undefined, expand: new Set() }

export function shapeOf(parameters: Parameters): Shape {
  const fields = parameters.get('fields')?.list
  for (const name of fields ?? []) if (!CLIENT_MEMBERS.has(name)) badParameter('fields', `names an unknown member`)
  const expand = parameters.get('expand')?.list ?? []
  for (const name of expand) {
    if (!(EXPANSIONS as readonly string[]).includes(name)) badParameter('expand', `must be of ${EXPANSIONS.join(', ')}`)
  }
  return { fields: fields && new Set(fields), expand: new Set(expand as Expansion[]) }
}

const SHAPE = new Set(['fields', 'expand'])
/** The shape of a single customer's answer, which takes no other parameter. */
export function singleShape(call: OpenCall): Shape {
  if (call.search === '') return WHOLE
  const parameters = parametersOf(call)
  refuseUnknown(parameters, SHAPE)
  return shapeOf(parameters)
}

type Ranges = Partial<Record<(typeof TIMES)[number], Record<string, string | boolean>>>

function rangeInto(ranges: Ranges, name: string, text: string): void {
  const [, field, operator] = /^(createDate|updateDate)\[(\w+)\]$/.exec(name) ?? []
  if (!field || !operator || !OPERATORS.has(operator)) badParameter(name, 'is not a known parameter')
  const isNull = operator === 'null'
  if (isNull && text !== 'true' && text !== 'false') badParameter(name, 'must be true or false')
  const range = (ranges[field as 'createDate'] ??= {})
  range[operator as string] = isNull ? text === 'true' : dateOf(name, text)
}

/** The core's search of a list's parameters, and the shape of its answer. Throws QUERY_INVALID. */
export function customerSearchOf(parameters: Parameters): { search: z.input<typeof CustomerSearch>; shape: Shape } {
  const lists: Record<string, string[]> = {}
  const customField: Record<string, string[]> = Object.create(null)
  const ranges: Ranges = {}
  for (const [name, { text, list }] of parameters) {
    const isList = (LISTS as readonly string[]).includes(name)
    if ((isList || name.startsWith('customField.')) && list.includes('')) badParameter(name, 'must not be empty')
    if (isList) lists[name] = list
    else if (name.startsWith('customField.') && name.length > 12) customField[name.slice(12)] = list
    else if (!PLAIN.has(name)) rangeInto(ranges, name, text)
  }
  const search = {
    ...lists,
    ...ranges,
    customField: { ...customField },
    q: parameters.get('q')?.text,
    sort: parameters.get('sort')?.text,
    cursor: parameters.get('cursor')?.text,
    hasInstrument: booleanOf(parameters, 'hasInstrument'),
    limit: limitOf(parameters),
    total: totalWanted(parameters),
  }
  return { search: parseParameters(CustomerSearch, search), shape: shapeOf(parameters) }
}
