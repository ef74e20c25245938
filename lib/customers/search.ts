// From a list's filters and search text to one SQL condition. Columns come from this file only, never from the caller.
import {
  type AnyColumn,
  and,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { Reader } from '#db/client'
import { contains, indexQuery, jsonText, matches, type SearchWord, searchesIndex, unindexed } from '#db/kit'
import { customers, customerTags, instruments, profileCustomers, profiles } from '#db/schema'
import { can } from '../core/ctx.ts'
import { fail, invalid } from '../core/errors.ts'
import { parseId } from '../core/ids.ts'
import { fold, foldEmail } from '../core/text.ts'
import type { Read } from '../core/verb.ts'
import { e164 } from './phone.ts'
import { dateSpan } from './query-dates.ts'
import { parseQuery, type Term } from './query-language.ts'
import type { CustomerSearch, Range } from './schema.ts'

type Filters = Required<Pick<CustomerSearch, 'q'>> & CustomerSearch

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The customers of a profile or instrument that matches `where`. */
const throughWallet = (on: Reader, where: SQL | undefined): SQL =>
  inArray(
    customers.id,
    on
      .select({ id: profileCustomers.customerId })
      .from(profileCustomers)
      .innerJoin(profiles, eq(profiles.id, profileCustomers.profileId))
      .leftJoin(instruments, eq(instruments.profileId, profiles.id))
      .where(where),
  )

/** The word as written and, for what looks like a piece of a phone number, as bare digits too. */
function spellings(word: string): SearchWord {
  const digits = word.replace(/\D/g, '')
  const phoneLike = digits.length >= 3 && digits !== word && /^[+().\-/\d]+$/.test(word)
  return phoneLike ? [word, digits] : [word]
}

/** A complete identity that the text may be, beyond what the search column holds. */
function byIdentity(on: Reader, text: string): SQL | undefined {
  const lower = text.toLowerCase()
  if (/^\d{4}$/.test(text)) return throughWallet(on, eq(instruments.lastFour, text))
  if (/^\d+$/.test(text)) return eq(customers.id, parseId(text) ?? 0)
  if (UUID.test(lower))
    return or(eq(customers.customerId, lower), throughWallet(on, eq(instruments.instrumentId, lower)))
  if (/^pt::/i.test(text)) return throughWallet(on, eq(instruments.paymentToken, lower))
  if (/^cp-/i.test(text)) return throughWallet(on, eq(profiles.profileGuid, text.toUpperCase()))
  return undefined
}

/** Masked callers find personal data by its whole value only, so that nothing can be guessed piece by piece. */
function wholeValue(text: string): SQL | undefined {
  const folded = fold(text)
  const phone = e164(text)
  return or(
    eq(customers.emailFolded, foldEmail(text)),
    eq(customers.sortName, folded),
    eq(customers.memberId, text),
    phone ? eq(customers.phoneE164, phone) : undefined,
  )
}

function textCondition(read: Read, terms: readonly Term[]): SQL | undefined {
  const texts = terms.flatMap((term) => (term.kind === 'text' ? [term.text] : []))
  if (texts.length === 0) return undefined
  const whole = texts.join(' ')
  const identity = byIdentity(read.reader, whole)
  if (!can(read, 'pii:read')) return or(wholeValue(whole), identity)
  const words = texts.map(fold).filter(Boolean).map(spellings)
  const found = matches(customers.id, customers.search, 'customers_search', words)
  return identity ? or(found, identity) : found
}

/** A date in a query stands for a span: `created:2026-01` is a whole month, `created>2026-01` everything behind it. */
function compare(column: typeof customers.createdAt, op: string, value: string): SQL | undefined {
  const span = dateSpan(value)
  if (!span) invalid('q', 'DATE_INVALID', 'must be a date such as 2026-01-31')
  if (op === '>') return gte(column, span.before)
  if (op === '>=') return gte(column, span.from)
  if (op === '<') return lt(column, span.from)
  if (op === '<=') return lt(column, span.before)
  return and(gte(column, span.from), lt(column, span.before))
}

const MONTHS = sql<number>`(${instruments.expYear} * 12 + ${instruments.expMonth} - 1)`
const monthOf = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth()

/** Cards that end in a month of the span, before or behind it; a card is good to the end of its month. */
function expiring(on: Reader, op: string, value: string): SQL | undefined {
  const span = dateSpan(value)
  if (!span) invalid('q', 'DATE_INVALID', 'must be a month such as 2026-01')
  const [first, last] = [monthOf(span.from), monthOf(new Date(span.before.getTime() - 1))]
  const where = {
    '>': gt(MONTHS, last),
    '>=': gte(MONTHS, first),
    '<': lt(MONTHS, first),
    '<=': lte(MONTHS, last),
    ':': and(gte(MONTHS, first), lte(MONTHS, last)),
  }[op]
  return throughWallet(on, where)
}

const any = (values: readonly string[], make: (value: string) => SQL | undefined): SQL | undefined =>
  or(...values.map(make))

/** Personal text is found by any part, or by its whole value where the caller sees it masked. */
const personal = (read: Read, column: Parameters<typeof contains>[0], value: string): SQL =>
  can(read, 'pii:read') ? contains(column, fold(value)) : eq(column, fold(value))

function tagged(on: Reader, tag: string): SQL {
  const own = and(eq(customerTags.customerId, customers.id), eq(customerTags.folded, fold(tag)))
  return exists(on.select({ one: customerTags.customerId }).from(customerTags).where(own))
}

/**
 * The search index's own query, when the text is nothing but words that it answers; such a search is prepared once.
 * Undefined for everything else, which `searchCondition` knows.
 */
export function plainWords(read: Read, q: string): string | undefined {
  const parsed = parseQuery(q)
  if ('error' in parsed || !can(read, 'pii:read')) return undefined
  const texts = parsed.terms.flatMap((term) => (term.kind === 'text' && !term.negated ? [term.text] : []))
  if (texts.length !== parsed.terms.length || byIdentity(read.reader, texts.join(' '))) return undefined
  return indexQuery(texts.map(fold).filter(Boolean).map(spellings))
}

type FieldCondition = (read: Read, value: string, op: string) => SQL | undefined
const FIELDS: Record<string, FieldCondition> = {
  name: (read, value) => personal(read, customers.sortName, value),
  email: (read, value) => personal(read, customers.emailFolded, value),
  phone: (read, value) =>
    can(read, 'pii:read')
      ? matches(customers.id, customers.search, 'customers_search', [spellings(fold(value.replace(/\s+/g, '')))])
      : eq(customers.phoneE164, e164(value) ?? ''),
  memberId: (_read, value) => eq(customers.memberId, value),
  reference: (_read, value) => eq(customers.reference, value),
  id: (read, value) => byIdentity(read.reader, value) ?? eq(customers.id, 0),
  profileGuid: (read, value) => throughWallet(read.reader, eq(profiles.profileGuid, value.toUpperCase())),
  tag: (read, value) => tagged(read.reader, value),
  status: (_read, value) => eq(customers.status, value.toLowerCase() as never),
  country: (_read, value) => eq(customers.country, value.toUpperCase()),
  city: (read, value) => personal(read, customers.city, value),
  currency: (_read, value) => eq(customers.currency, value.toUpperCase()),
  created: (_read, value, op) => compare(customers.createdAt, op, value),
  updated: (_read, value, op) => compare(customers.updatedAt, op, value),
  expires: (read, value, op) => expiring(read.reader, op, value),
  last4: (read, value) => throughWallet(read.reader, eq(instruments.lastFour, value)),
  bin: (read, value) => throughWallet(read.reader, eq(instruments.firstSix, value)),
  brand: (read, value) => throughWallet(read.reader, eq(instruments.brand, value.toLowerCase())),
}

function fieldCondition(read: Read, term: Extract<Term, { kind: 'field' }>): SQL | undefined {
  if (term.field.startsWith('field.')) {
    const name = term.field.slice('field.'.length)
    return any(term.values, (value) => eq(jsonText(customers.customFields, name), value))
  }
  const make = FIELDS[term.field]
  if (!make)
    return textCondition(read, [
      { kind: 'text', negated: false, phrase: false, text: `${term.field}${term.op}${term.values.join(',')}` },
    ])
  return any(term.values, (value) => make(read, value, term.op))
}

/** The condition of a search text. Throws QUERY_INVALID with the offset of what it cannot read. */
function queryCondition(read: Read, q: string): SQL | undefined {
  const parsed = parseQuery(q)
  if ('error' in parsed)
    fail('QUERY_INVALID', { parameter: 'q', offset: parsed.error.offset, reason: parsed.error.message })
  const positive = parsed.terms.filter((term) => !term.negated)
  const negative = parsed.terms.filter((term) => term.negated)
  const one = (term: Term) => (term.kind === 'field' ? fieldCondition(read, term) : textCondition(read, [term]))
  const without = negative.map(one).flatMap((condition) => (condition ? [not(condition)] : []))
  return and(textCondition(read, positive), ...positive.filter((term) => term.kind === 'field').map(one), ...without)
}

function inRange(column: typeof customers.createdAt, range: Range | undefined, path: string): SQL | undefined {
  if (!range) return undefined
  const date = (text: string): Date => {
    const at = new Date(text)
    return Number.isNaN(at.getTime()) ? invalid(path, 'DATE_INVALID', 'must be a date such as 2026-01-31') : at
  }
  return and(
    range.gte ? gte(column, date(range.gte)) : undefined,
    range.gt ? gt(column, date(range.gt)) : undefined,
    range.lte ? lte(column, date(range.lte)) : undefined,
    range.lt ? lt(column, date(range.lt)) : undefined,
    range.ne ? ne(column, date(range.ne)) : undefined,
    range.null === undefined ? undefined : range.null ? isNull(column) : isNotNull(column),
  )
}

/** The caller's merchant and the asked lifecycles. Words that the search index answers drive the query instead of these. */
function scope(read: Read, q: string, lifecycle: readonly string[]): SQL[] {
  const words = q
    .split(/\s+/)
    .filter((word) => !word.startsWith('-'))
    .map((word) => [fold(word)])
  const driven = can(read, 'pii:read') && searchesIndex(words)
  const by = (column: AnyColumn): SQL | AnyColumn => (driven ? unindexed(column) : column)
  return [
    sql`${by(customers.merchantId)} = ${read.merchantId}`,
    inArray(by(customers.lifecycle) as AnyColumn, [...lifecycle]),
  ]
}

/** Everything that a search asks for, within the caller's merchant. */
export function searchCondition(read: Read, search: Filters): SQL | undefined {
  const { status = [], verificationStatus = [], lifecycle = [], country = [], city = [], currency = [] } = search
  const { language = [], tag = [], memberId = [], email = [], phone = [], customField = {} } = search
  const withInstrument = throughWallet(read.reader, isNotNull(instruments.id))
  return and(
    ...scope(read, search.q, lifecycle),
    status.length ? inArray(customers.status, status) : undefined,
    verificationStatus.length ? inArray(customers.verificationStatus, verificationStatus) : undefined,
    country.length
      ? inArray(
          customers.country,
          country.map((code) => code.toUpperCase()),
        )
      : undefined,
    currency.length
      ? inArray(
          customers.currency,
          currency.map((code) => code.toUpperCase()),
        )
      : undefined,
    language.length ? inArray(customers.language, language) : undefined,
    memberId.length ? inArray(customers.memberId, memberId) : undefined,
    any(city, (value) => personal(read, customers.city, value)),
    any(tag, (value) => tagged(read.reader, value)),
    any(email, (value) => eq(customers.emailFolded, foldEmail(value))),
    any(phone, (value) => or(eq(customers.phone, value), eq(customers.phoneE164, e164(value) ?? ''))),
    ...Object.entries(customField).map(([name, values]) =>
      any(values, (value) => eq(jsonText(customers.customFields, name), value)),
    ),
    search.hasInstrument === undefined ? undefined : search.hasInstrument ? withInstrument : not(withInstrument),
    inRange(customers.createdAt, search.createDate, 'createDate'),
    inRange(customers.updatedAt, search.updateDate, 'updateDate'),
    search.q.trim() ? queryCondition(read, search.q) : undefined,
  )
}
