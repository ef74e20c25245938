/** From zod issues to what the APIs and forms say: a stable code and a plain message for each field. Browser-safe. */
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** One fault of one field. `pointer` is a JSON pointer, `field` the same with dots, as in `address.country`. */
export type FieldFault = {
  path: readonly (string | number)[]
  pointer: string
  field: string
  code: string
  message: string
}

/** Zod drops the input of an issue; that it was missing is only left in its own message or in ours. */
const isMissing = (message: string): boolean => message === 'is required' || message.endsWith('received undefined')

const SIZE_CODES = {
  string: ['TOO_SHORT', 'TOO_LONG'],
  array: ['TOO_FEW', 'TOO_MANY'],
  set: ['TOO_FEW', 'TOO_MANY'],
} as Record<string, readonly [string, string]>

const sizeCode = (issue: Issue & { code: 'too_big' | 'too_small' }): string => {
  const [small, big] = SIZE_CODES[issue.origin] ?? ['TOO_SMALL', 'TOO_LARGE']
  if (issue.code === 'too_big') return big
  return small === 'TOO_SHORT' && Number(issue.minimum) === 1 ? 'REQUIRED' : small
}

const FORMAT_CODES: Record<string, string> = { email: 'EMAIL_INVALID', date: 'DATE_INVALID', datetime: 'DATE_INVALID' }

/** The stable code of an issue: its own `params.code`, or the one that fits zod's kind. Never throws. */
export const issueCode = (issue: Issue): string => {
  switch (issue.code) {
    case 'custom':
      return typeof issue.params?.code === 'string' ? issue.params.code : 'INVALID'
    case 'invalid_type':
      return isMissing(issue.message) ? 'REQUIRED' : 'TYPE_INVALID'
    case 'unrecognized_keys':
      return 'UNKNOWN_FIELD'
    case 'too_big':
    case 'too_small':
      return sizeCode(issue)
    case 'invalid_format':
      return FORMAT_CODES[issue.format] ?? 'FORMAT_INVALID'
    case 'invalid_value':
      return 'VALUE_UNKNOWN'
    case 'invalid_union':
      return 'TYPE_INVALID'
    default:
      return 'INVALID'
  }
}

const TYPE_NAMES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'an array',
  null: 'null',
  date: 'a date',
}

const sizeMessage = (issue: Issue & { code: 'too_big' | 'too_small' }): string => {
  const bound = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`
  if (issue.origin === 'string')
    return sizeCode(issue) === 'REQUIRED' ? 'must not be empty' : `must be ${bound} characters`
  return issue.origin === 'array' || issue.origin === 'set' ? `must have ${bound} entries` : `must be ${bound}`
}

/** What a person reads, without the field's name and without any value that was sent. Never throws. */
export const issueMessage = (issue: Issue): string => {
  switch (issue.code) {
    case 'custom':
      return issue.message
    case 'invalid_type':
      return isMissing(issue.message)
        ? 'is required'
        : `must be ${TYPE_NAMES[issue.expected] ?? `of type ${issue.expected}`}`
    case 'unrecognized_keys':
      return 'is not a known field'
    case 'too_big':
    case 'too_small':
      return sizeMessage(issue)
    case 'invalid_format':
      return issue.format === 'email' ? 'must be an e-mail address' : 'has the wrong format'
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_union':
      return 'has the wrong type'
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    default:
      return 'is not valid'
  }
}

const toFault = (path: readonly (string | number)[], code: string, message: string): FieldFault => ({
  path,
  pointer: path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  field: path.join('.'),
  code,
  message,
})

/** Of the branches of a union, the one that took the value's type and failed further in, if there is exactly one. */
const meantBranch = (issue: Issue & { code: 'invalid_union' }): Issue[] | undefined => {
  const wrongType = (branch: readonly Issue[]) =>
    branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0)
  const meant = issue.errors.filter((branch) => branch.length > 0 && !wrongType(branch))
  return meant.length === 1 ? meant[0] : undefined
}

const faultsOf = (issue: Issue, base: readonly (string | number)[]): FieldFault[] => {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => toFault([...path, key], 'UNKNOWN_FIELD', issueMessage(issue)))
  }
  const branch = issue.code === 'invalid_union' ? meantBranch(issue) : undefined
  if (branch) return branch.flatMap((inner) => faultsOf(inner, path))
  return [toFault(path, issueCode(issue), issueMessage(issue))]
}

/** Every fault of a failed parse: unknown members one by one, and of a union the branch that was meant. */
export const fieldFaults = (error: { issues: readonly Issue[] }): FieldFault[] =>
  error.issues.flatMap((issue) => faultsOf(issue, []))
