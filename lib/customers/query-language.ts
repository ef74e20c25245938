/**
 * The search grammar, one parser for API, dashboard and segments. Browser-safe, pure.
 *   query = { ["-"] term }      term = word | "phrase" | field op value { "," value }      op = ":" | ">" | ">=" | "<" | "<="
 * A value with a space or comma is quoted like a phrase; a quote cannot be part of a quoted text. Offsets count UTF-16
 * units, as a text field's selection does.
 */
import { dateSpan } from './query-dates.ts'

export type Op = ':' | '>' | '>=' | '<' | '<='
export type TextTerm = { negated: boolean; kind: 'text'; text: string; phrase: boolean }
export type FieldTerm = { negated: boolean; kind: 'field'; field: string; op: Op; values: string[] }
export type Term = TextTerm | FieldTerm
export type ParsedQuery = { terms: Term[] } | { error: { message: string; offset: number } }

/** The fields a term may name, besides `field.<custom field>`. */
export const QUERY_FIELDS = [
  'name',
  'email',
  'phone',
  'memberId',
  'reference',
  'id',
  'profileGuid',
  'tag',
  'status',
  'country',
  'city',
  'currency',
  'created',
  'updated',
  'last4',
  'bin',
  'brand',
  'expires',
  'consent',
  'segment',
  'merchant',
] as const

const BY_LOWER_CASE = new Map<string, string>(QUERY_FIELDS.map((field) => [field.toLowerCase(), field]))
const DATES = new Set(['created', 'updated', 'expires'])

/** More terms than anyone types; each costs a condition in the database. */
const MAX_TERMS = 50

const QUOTES = '"“”„'
const isQuote = (character: string): boolean => character !== '' && QUOTES.includes(character)
const isSpace = (character: string): boolean => /\s/u.test(character)

type Fault = { message: string; offset: number }
type Read<T> = { value: T; end: number } | Fault
const isFault = (read: object): read is Fault => 'message' in read

const readQuoted = (query: string, start: number): Read<string> => {
  for (let end = start + 1; end < query.length; end++) {
    if (isQuote(query.charAt(end))) return { value: query.slice(start + 1, end), end: end + 1 }
  }
  return { message: 'a quote is not closed', offset: start }
}

const readUntil = (
  query: string,
  start: number,
  stops: (character: string) => boolean,
): { value: string; end: number } => {
  let end = start
  while (end < query.length && !stops(query.charAt(end))) end++
  return { value: query.slice(start, end), end }
}

/** Values separated by commas, up to the next space; empty ones are dropped. Each keeps its offset for errors. */
const readValues = (query: string, start: number): Read<{ text: string; offset: number }[]> => {
  const values: { text: string; offset: number }[] = []
  let at = start
  for (;;) {
    const read = isQuote(query.charAt(at))
      ? readQuoted(query, at)
      : readUntil(query, at, (character) => isSpace(character) || character === ',')
    if (isFault(read)) return read
    if (read.value.trim() !== '') values.push({ text: read.value.trim(), offset: at })
    at = read.end
    if (query.charAt(at) !== ',') return { value: values, end: at }
    at++
  }
}

const HEAD = /(?:field\.([^\s:<>=",]{1,100})|([a-z][a-z0-9]{1,20}))(:|>=|<=|>|<)/iy

/** A known field with an operator that it has; order makes sense for dates and custom fields only. */
const readHead = (query: string, start: number): { field: string; op: Op; end: number } | undefined => {
  HEAD.lastIndex = start
  const [head, custom, name, op] = HEAD.exec(query) ?? []
  if (head === undefined || op === undefined) return undefined
  const field = custom === undefined ? BY_LOWER_CASE.get(name?.toLowerCase() ?? '') : `field.${custom}`
  if (field === undefined || (op !== ':' && custom === undefined && !DATES.has(field))) return undefined
  return { field, op: op as Op, end: start + head.length }
}

const readField = (query: string, start: number, negated: boolean): Read<FieldTerm | undefined> | undefined => {
  const head = readHead(query, start)
  if (!head) return undefined
  const read = readValues(query, head.end)
  if (isFault(read)) return read
  if (read.value.length === 0) {
    // `tag:` is text, but `tag:""` is as empty as `""`.
    return query.slice(head.end, read.end).search(/["“”„]/) < 0 ? undefined : { value: undefined, end: read.end }
  }
  if (DATES.has(head.field)) {
    const bad = read.value.find(({ text }) => !dateSpan(text))
    if (bad) return { message: `'${head.field}' needs a date such as 2026-01-31`, offset: bad.offset }
  }
  const values = read.value.map(({ text }) => text)
  return { value: { negated, kind: 'field', field: head.field, op: head.op, values }, end: read.end }
}

const readTerm = (query: string, start: number): Read<Term | undefined> => {
  const next = query.charAt(start + 1)
  const negated = query.charAt(start) === '-' && next !== '' && !isSpace(next)
  const at = negated ? start + 1 : start
  if (isQuote(query.charAt(at))) {
    const read = readQuoted(query, at)
    if (isFault(read)) return read
    const text = read.value.trim()
    return { value: text === '' ? undefined : { negated, kind: 'text', text, phrase: true }, end: read.end }
  }
  const field = readField(query, at, negated)
  if (field) return field
  const word = readUntil(query, at, isSpace)
  return { value: { negated, kind: 'text', text: word.value, phrase: false }, end: word.end }
}

/** Reads a query. Every text is one, but for an unclosed quote, an impossible date, or far too many terms. */
export const parseQuery = (query: string): ParsedQuery => {
  const terms: Term[] = []
  let at = 0
  for (;;) {
    at = readUntil(query, at, (character) => !isSpace(character)).end
    if (at >= query.length) return { terms }
    if (terms.length === MAX_TERMS) return { error: { message: `at most ${MAX_TERMS} terms`, offset: at } }
    const read = readTerm(query, at)
    if (isFault(read)) return { error: read }
    if (read.value) terms.push(read.value)
    at = read.end
  }
}

const quoted = (text: string): string => `"${text.replace(/["“”„]/g, ' ')}"`

const sameTerm = (written: string, term: Term): boolean => {
  const parsed = parseQuery(written)
  return 'terms' in parsed && parsed.terms.length === 1 && JSON.stringify(parsed.terms[0]) === JSON.stringify(term)
}

const formatTerm = (term: Term): string => {
  const sign = term.negated ? '-' : ''
  if (term.kind === 'field') {
    const plain = (value: string) => value !== '' && !/[\s,]/u.test(value) && !isQuote(value.charAt(0))
    return `${sign}${term.field}${term.op}${term.values.map((value) => (plain(value) ? value : quoted(value))).join(',')}`
  }
  const bare = sign + term.text
  return !term.phrase && sameTerm(bare, term) ? bare : sign + quoted(term.text)
}

/** Writes terms so that parsing gives them again; a text that would be read otherwise becomes a phrase. */
export const formatQuery = (terms: readonly Term[]): string => terms.map(formatTerm).join(' ')
