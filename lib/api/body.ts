// Reading a request's body within the limits, and its JSON without anything that could reach a prototype.
import type { IncomingMessage } from 'node:http'
import { fail } from '../core/errors.ts'
import type { ApiContext, RequestHeaders } from './http.ts'
import { header } from './http.ts'

export const MAX_BODY_BYTES = 1_048_576
const MAX_DEPTH = 32
const MAX_KEYS = 1000

const tooLarge = (): never => fail('BODY_TOO_LARGE', { maxBytes: MAX_BODY_BYTES })

/** Collects Node's stream; what lies beyond the limit is not kept. */
function readIncoming(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MAX_BODY_BYTES) return void chunks.push(chunk)
      incoming.removeAllListeners('data')
      incoming.resume()
      try {
        tooLarge()
      } catch (err) {
        reject(err)
      }
    })
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('The connection closed before the body was complete')))
  })
}

async function readStream(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The raw body. BODY_TOO_LARGE beyond 1 MB, told before reading where the length is declared. */
export async function readBody(c: ApiContext, headers: RequestHeaders): Promise<Buffer> {
  if (Number(header(headers, 'content-length') ?? 0) > MAX_BODY_BYTES) tooLarge()
  const incoming = c.env?.incoming
  if (incoming) return readIncoming(incoming)
  return c.req.raw.body ? readStream(c.req.raw.body) : Buffer.alloc(0)
}

const TYPE =
  /^\s*(application\/(?:[!#$&^_.+*\-\w]+\+)?json|text\/json)\s*((?:;\s*[\w!#$&^.+-]+\s*=\s*(?:"[^"]*"|[^\s;"]+)\s*)*);?\s*$/i
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)"?/i

/** The JSON media type in lower case; MEDIA_TYPE_UNSUPPORTED for any other, another charset, and compressed bodies. */
export function jsonType(headers: RequestHeaders): string {
  const encoding = header(headers, 'content-encoding')?.trim().toLowerCase()
  const [, type, parameters = ''] = TYPE.exec(header(headers, 'content-type') ?? '') ?? []
  const charset = CHARSET.exec(parameters)?.[1] ?? 'utf-8'
  if ((encoding && encoding !== 'identity') || !type || !/^(utf-?8|unicode-1-1-utf-8)$/i.test(charset)) {
    return fail('MEDIA_TYPE_UNSUPPORTED')
  }
  return type.toLowerCase()
}

/** A form, not compressed. */
export const isForm = (headers: RequestHeaders): boolean =>
  headers['content-encoding'] === undefined &&
  /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(header(headers, 'content-type') ?? '')

const utf8 = new TextDecoder('utf-8', { fatal: true })
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

const malformed = (reason: string): never => fail('JSON_MALFORMED', { reason })

function parseText(bytes: Buffer): unknown {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return malformed('The body is not valid UTF-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    return malformed(text.trim() === '' ? 'The body is empty' : 'The body is not valid JSON')
  }
}

type Count = { keys: number }

function inspect(value: unknown, depth: number, path: string, count: Count): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_DEPTH) malformed(`The body is nested deeper than ${MAX_DEPTH} levels`)
  if (Array.isArray(value)) {
    for (const item of value) inspect(item, depth + 1, path, count)
    return
  }
  for (const key of Object.keys(value)) {
    const at = path === '' ? key : `${path}.${key}`
    if (FORBIDDEN.has(key)) {
      fail('VALIDATION_ERROR', { fields: [{ path: at, code: 'UNKNOWN_FIELD', message: 'is not a known field' }] })
    }
    if (++count.keys > MAX_KEYS) malformed(`The body has more than ${MAX_KEYS} members`)
    inspect((value as Record<string, unknown>)[key], depth + 1, at, count)
  }
}

/** The parsed body. JSON_MALFORMED for broken JSON or UTF-8, too deep or too many members; forbidden keys are named. */
export function parseJson(bytes: Buffer): unknown {
  const value = parseText(bytes)
  inspect(value, 1, '', { keys: 0 })
  return value
}
