/** Partial updates: RFC 7396 merge patch and RFC 6902 JSON patch. Browser-safe, pure: no argument is changed. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/**
 * What came of a JSON patch. `test`: a test operation failed (409). `invalid`: the patch is malformed or names a place
 * that is not there (400). `index` is that of the operation; `message` holds no value of the document.
 */
export type PatchResult =
  | { ok: true; value: Json }
  | { ok: false; reason: 'invalid' | 'test'; index: number; message: string }

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

/** Operations in one patch, and JSON nodes that its copies may add: doubling a document 40 times would fill the memory. */
const MAX_OPERATIONS = 1000
const MAX_COPIED_NODES = 100_000

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const copy = (value: unknown): Json => (typeof value === 'object' ? structuredClone(value) : value) as Json

/** RFC 7396. `null` removes a member; arrays are replaced whole; keys that could reach a prototype are left out. */
export const mergePatch = (target: unknown, patch: unknown): Json => {
  if (!isObject(patch)) return copy(patch)
  const merged: JsonObject = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (FORBIDDEN.has(key)) continue
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(Object.hasOwn(merged, key) ? merged[key] : undefined, value)
  }
  return merged
}

/** Carries a refusal up to `applyPatch`, which turns it into its result; it never leaves this module. */
const refused = (reason: 'invalid' | 'test', message: string) => Object.assign(new Error(message), { reason })

const parsePointer = (pointer: unknown, name: string): string[] => {
  if (typeof pointer !== 'string') throw refused('invalid', `'${name}' must be a JSON pointer`)
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) throw refused('invalid', `'${name}' is not a JSON pointer`)
  const tokens = pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (tokens.some((token) => FORBIDDEN.has(token))) throw refused('invalid', `'${name}' names a forbidden member`)
  return tokens
}

const arrayIndex = (token: string, max: number): number => {
  const index = /^(0|[1-9]\d{0,9})$/.test(token) ? Number(token) : Number.POSITIVE_INFINITY
  if (index > max) throw refused('invalid', 'an array index is malformed or out of bounds')
  return index
}

const child = (parent: Json, token: string): Json => {
  const value = Array.isArray(parent)
    ? parent[arrayIndex(token, parent.length - 1)]
    : isObject(parent) && Object.hasOwn(parent, token)
      ? parent[token]
      : undefined
  if (value === undefined) throw refused('invalid', 'the path does not exist')
  return value
}

const read = (doc: Json, path: string[]): Json => path.reduce(child, doc)

/** Finds the parent of a path and hands it to `act` with the last token; the whole document is its own case. */
const at = (doc: Json, path: string[], act: (parent: Json[] | JsonObject, token: string) => void): void => {
  const parent = read(doc, path.slice(0, -1))
  const token = path.at(-1)
  if (token === undefined || typeof parent !== 'object' || parent === null) {
    throw refused('invalid', 'the path leads into a value that has no members')
  }
  act(parent, token)
}

const add = (doc: Json, path: string[], value: Json): Json => {
  if (path.length === 0) return value
  at(doc, path, (parent, token) => {
    if (!Array.isArray(parent)) parent[token] = value
    else parent.splice(token === '-' ? parent.length : arrayIndex(token, parent.length), 0, value)
  })
  return doc
}

const remove = (doc: Json, path: string[]): Json => {
  read(doc, path)
  if (path.length === 0) return null
  at(doc, path, (parent, token) => {
    if (Array.isArray(parent)) parent.splice(arrayIndex(token, parent.length - 1), 1)
    else delete parent[token]
  })
  return doc
}

const replace = (doc: Json, path: string[], value: Json): Json => {
  read(doc, path)
  if (path.length === 0) return value
  at(doc, path, (parent, token) => {
    if (Array.isArray(parent)) parent[arrayIndex(token, parent.length - 1)] = value
    else parent[token] = value
  })
  return doc
}

/** Equality of RFC 6902 section 4.6: members in any order, numbers by value. */
export const jsonEqual = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEqual(item, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && jsonEqual(a[key], b[key]))
  )
}

const countNodes = (value: Json): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, item) => sum + countNodes(item), 1)
    : 1

type Budget = { nodes: number }

const applyOne = (doc: Json, operation: unknown, budget: Budget): Json => {
  if (!isObject(operation)) throw refused('invalid', 'an operation must be an object')
  const path = parsePointer(operation.path, 'path')
  const { op } = operation
  if (op === 'remove') return remove(doc, path)
  if (op === 'move' || op === 'copy') {
    const from = parsePointer(operation.from, 'from')
    const value = read(doc, from)
    if (op === 'copy') {
      budget.nodes -= countNodes(value)
      if (budget.nodes < 0) throw refused('invalid', 'the patch copies too much')
      return add(doc, path, structuredClone(value))
    }
    if (from.length < path.length && from.every((token, i) => token === path[i])) {
      throw refused('invalid', 'a value cannot be moved into itself')
    }
    return jsonEqual(from, path) ? doc : add(remove(doc, from), path, value)
  }
  if (op !== 'add' && op !== 'replace' && op !== 'test')
    throw refused('invalid', `'op' is not one of the six operations`)
  if (!Object.hasOwn(operation, 'value')) throw refused('invalid', `'value' is required`)
  const value = copy(operation.value)
  if (op === 'add') return add(doc, path, value)
  if (op === 'replace') return replace(doc, path, value)
  if (!jsonEqual(read(doc, path), value)) throw refused('test', 'a test operation failed')
  return doc
}

/** RFC 6902, all or nothing. `doc` and `operations` are parsed JSON; a test of a missing place is `invalid`. */
export const applyPatch = (doc: unknown, operations: unknown): PatchResult => {
  if (!Array.isArray(operations)) return { ok: false, reason: 'invalid', index: 0, message: 'a patch must be an array' }
  if (operations.length > MAX_OPERATIONS) {
    return { ok: false, reason: 'invalid', index: MAX_OPERATIONS, message: `at most ${MAX_OPERATIONS} operations` }
  }
  const budget = { nodes: MAX_COPIED_NODES }
  let value = copy(doc)
  for (const [index, operation] of operations.entries()) {
    try {
      value = applyOne(value, operation, budget)
    } catch (err) {
      if (!(err instanceof Error && 'reason' in err)) throw err
      return { ok: false, reason: err.reason === 'test' ? 'test' : 'invalid', index, message: err.message }
    }
  }
  return { ok: true, value }
}
