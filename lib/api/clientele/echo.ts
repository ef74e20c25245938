// What a body really changes. Whatever equals what this API showed this caller counts as unchanged, whatever its limit
// and even masked, so that "read, edit one member, write all" is always safe.
import { fail, invalid } from '../../core/errors.ts'
import { applyPatch, type Json, jsonEqual } from '../../core/json-patch.ts'
import { READ_ONLY } from './wire.ts'

type Members = Record<string, unknown>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The body without what equals `seen`, at any depth of objects. Entries of a list that equal a seen one become the
 * `clear` one in its place, so that adding to a masked list keeps the values behind the masks.
 */
export function withoutEcho(body: Members, seen: Members, clear: Members): Members {
  const rest: Members = {}
  for (const [name, value] of Object.entries(body)) {
    const shown = Object.hasOwn(seen, name) ? seen[name] : undefined
    if (shown !== undefined && jsonEqual(value, shown)) continue
    rest[name] = changed(value, shown, Object.hasOwn(clear, name) ? clear[name] : undefined)
  }
  return rest
}

function changed(value: unknown, shown: unknown, clear: unknown): unknown {
  if (isMembers(value) && isMembers(shown) && isMembers(clear)) return withoutEcho(value, shown, clear)
  if (!Array.isArray(value) || !Array.isArray(shown) || !Array.isArray(clear)) return value
  return value.map((item) => {
    const place = shown.findIndex((entry) => jsonEqual(entry, item))
    return place < 0 ? item : clear[place]
  })
}

/** Texts that still hold a mask were read from an older version of the customer: storing one would lose the value. */
export function refuseMasks(body: Members, path = ''): void {
  for (const [name, value] of Object.entries(body)) {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof value === 'string' && value.includes('•••'))
      invalid(at, 'MASKED', 'is a masked value, which is never stored')
    if (typeof value === 'object' && value !== null) refuseMasks(value as Members, at)
  }
}

const WRITES = new Set(['add', 'remove', 'replace', 'move', 'copy'])
const readOnly: ReadonlySet<string> = new Set(READ_ONLY)

function refuseReadOnly(operations: readonly unknown[]): void {
  for (const [index, operation] of operations.entries()) {
    if (!isMembers(operation) || !WRITES.has(String(operation.op))) continue
    const places = operation.op === 'move' ? [operation.path, operation.from] : [operation.path]
    for (const place of places) {
      const member = typeof place === 'string' ? place.split('/')[1] : undefined
      if (member !== undefined && readOnly.has(member)) {
        fail('PATCH_INVALID', { index, member, reason: `Operation ${index} writes the read-only member ${member}` })
      }
    }
  }
}

/** The members of `after` that differ from `before`; one that is gone is null, which clears it. */
function difference(before: Members, after: Members): Members {
  const changes: Members = {}
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) changes[name] = null
  for (const [name, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    if (old !== undefined && jsonEqual(old, value)) continue
    changes[name] = isMembers(old) && isMembers(value) ? difference(old, value) : value
  }
  return changes
}

/** RFC 6902 over the customer as it is shown, as a partial update. PATCH_INVALID, and PATCH_TEST_FAILED by a `test`. */
export function patchToBody(operations: readonly unknown[], seen: Members): Members {
  refuseReadOnly(operations)
  const result = applyPatch(seen as Json, operations)
  if (!result.ok) {
    const { index, message } = result
    fail(result.reason === 'test' ? 'PATCH_TEST_FAILED' : 'PATCH_INVALID', {
      index,
      reason: `Operation ${index}: ${message}`,
    })
  }
  if (!isMembers(result.value)) fail('PATCH_INVALID', { reason: 'The patch leaves no object' })
  return difference(seen, result.value)
}

/** Optional members where an empty text means "nothing", as the vendor's own limits allow it. */
const EMPTY_MEANS_NULL = ['phone', 'gender', 'dateOfBirth', 'country', 'currency', 'language']

/** The body as an object with empty texts of those members as null; anything else is told to be no object. */
export function asMembers(body: unknown): Members {
  if (!isMembers(body)) return invalid('', 'TYPE_INVALID', 'must be an object')
  const emptied = EMPTY_MEANS_NULL.filter((name) => body[name] === '')
  return emptied.length === 0 ? body : { ...body, ...Object.fromEntries(emptied.map((name) => [name, null])) }
}
