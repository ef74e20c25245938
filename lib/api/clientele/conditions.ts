// ETag, If-Match and If-None-Match. A tag is `"<id>.<version>"`, strong: bytes under one tag never change.
import { fail } from '../../core/errors.ts'
import { ownMerchant } from '../../merchants/own.ts'
import type { Answer } from '../http.ts'
import { header } from '../http.ts'
import type { Call } from './route.ts'

export type Versioned = { id: number; version: number }

export const etag = ({ id, version }: Versioned): string => `"${id}.${version}"`

const TAGS = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/** True where the caller already holds this state: the answer is then 304. Weak tags count here. */
export function isFresh(call: Call, tag: string): boolean {
  const given = header(call.headers, 'if-none-match')
  if (given === undefined) return false
  return given.trim() === '*' || [...given.matchAll(TAGS)].some(([, , value]) => value === tag)
}

export const notModified = (tag: string): Answer => ({ status: 304, text: null, headers: { ETag: tag } })

/**
 * The version that the write expects, from If-Match; undefined where any will do. A tag that does not fit becomes a
 * version that none has, so that the core's own check answers. VERSION_REQUIRED where the merchant demands the header.
 */
export async function expectedVersion(call: Call, current: Versioned): Promise<number | undefined> {
  const given = header(call.headers, 'if-match')
  if (given === undefined) {
    const { requireIfMatch } = await ownMerchant(call.ctx, {})
    return requireIfMatch ? fail('VERSION_REQUIRED') : undefined
  }
  if (given.trim() === '*') return undefined
  const tags = [...given.matchAll(TAGS)].filter(([, weak]) => !weak).map(([, , value]) => value ?? '')
  if (tags.includes(etag(current))) return current.version
  const versions = tags.map((tag) => /^"(\d{1,15})\.(\d{1,15})"$/.exec(tag))
  const own = versions.filter((match) => match?.[1] === String(current.id)).map((match) => Number(match?.[2]))
  return Math.max(0, ...own.filter((version) => version !== current.version))
}

/** Checks If-Match against an object whose verb takes no version. It is never demanded here. */
export async function refuseStale(call: Call, current: Versioned): Promise<void> {
  if (header(call.headers, 'if-match') === undefined) return
  const expected = await expectedVersion(call, current)
  if (expected !== undefined && expected !== current.version) {
    fail('STALE_WRITE', { currentVersion: current.version, changedFields: [] })
  }
}
